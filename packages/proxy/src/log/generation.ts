import { errorEvent, type ProxyError } from '../errors.ts'
import { clientLeft } from '../open-requests.ts'
import type { NumberedEvents } from '../reply/event-stream-body.ts'
import { abandoned } from './kept-errors.ts'
import type { ReplySource } from './reply-streams.ts'
import type { StreamWriter } from './stream-log.ts'

/** A reply while it is made. Its client's pace is its pace; when the client has left, it goes on by itself. */
export interface Generation {
  /** @param writer Where it is kept; nothing where it cannot be. */
  start(source: ReplySource, writer: StreamWriter | undefined): void
  /** For the client that asked. Rejects where the reply goes on without it. */
  read(): Promise<NumberedEvents | undefined>
  /** The client is gone. What is not kept then ends. */
  leave(): void
  /** Ends it, and tells those who read why. */
  stop(reason: ProxyError): void
  /** What follows is not kept. */
  lose(): void
  /** Sees to it that its end, which is near, does not wait for the client. */
  hurry(): Promise<void>
}

// A client that reads hears of the end within that time.
const lastWordsMs = 2_000

/** @param graceMs How long it goes on with nobody reading. */
export function createGeneration(graceMs: number, onOver: () => void): Generation {
  let source: ReplySource | undefined
  let writer: StreamWriter | undefined
  let reading: Promise<NumberedEvents | undefined> | undefined
  let nextSeq = 1
  let stopReason: ProxyError | undefined
  let hasLeft = false
  let isOver = false
  let grace: ReturnType<typeof setTimeout> | undefined
  let resolveOver = () => {}
  const whenOver = new Promise<void>((resolve) => {
    resolveOver = resolve
  })

  function numbered(events: readonly string[]): NumberedEvents {
    writer?.append(events)
    const seq = nextSeq
    nextSeq += events.length
    return { seq, events }
  }

  async function readOn(): Promise<NumberedEvents | undefined> {
    const events = isOver ? undefined : await source?.read()
    reading = undefined
    if (events) return numbered(events)
    if (isOver) return undefined
    isOver = true
    const lastWords = stopReason && numbered([errorEvent(stopReason)])
    void end(stopReason ? 'cancelled' : (source?.outcome ?? 'error'))
    return lastWords
  }

  async function end(state: 'done' | 'error' | 'cancelled'): Promise<void> {
    clearTimeout(grace)
    await writer?.finish(state)
    resolveOver()
    onOver()
  }

  function next(): Promise<NumberedEvents | undefined> {
    reading ??= readOn()
    return reading
  }

  async function goOnAlone(): Promise<void> {
    hasLeft = true
    while (!isOver) await next()
  }

  function waitForReaders(): void {
    grace = setTimeout(async () => {
      if (await writer?.wasReadWithin(graceMs)) waitForReaders()
      else stop(abandoned())
    }, graceMs)
  }

  function stop(reason: ProxyError): void {
    if (isOver) return
    stopReason ??= reason
    source?.cancel(reason)
  }

  return {
    start(given, kept) {
      source = given
      writer = kept
      if (stopReason) source.cancel(stopReason)
    },
    read: () => (hasLeft ? Promise.reject(clientLeft()) : next()),
    leave() {
      if (hasLeft || isOver) return
      if (!writer) source?.cancel(clientLeft())
      else if (graceMs > 0) waitForReaders()
      else stop(abandoned())
      void goOnAlone()
    },
    stop,
    lose() {
      writer = undefined
      if (hasLeft) source?.cancel(clientLeft())
    },
    async hurry() {
      if (!reading) void goOnAlone()
      const timer = setTimeout(goOnAlone, lastWordsMs)
      await whenOver
      clearTimeout(timer)
    },
  }
}
