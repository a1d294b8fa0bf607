import { ChatError } from '@millrace/core'
import { createSseDecoder, type ServerSentEvent } from '@millrace/core/sse'
import { readerOfBody } from '../byte-reader.ts'
import { createDeadline } from '../deadline.ts'
import { brokenOff, ProxyError } from '../errors.ts'
import type { OpenRequest } from '../open-requests.ts'
import { createTextPieces } from './text-pieces.ts'

const closesWithinMs = 500
// One event may hold an image as text.
const maxEventLength = 4 * 1024 * 1024

/** The data of the events in a body. */
export interface EventBody {
  /**
   * The next ones, as many as have arrived, also none; nothing at the end.
   * @param ms How long to wait for bytes.
   * @throws {ProxyError} where the body breaks off, says nothing for too long, or says too much at once.
   */
  next(ms: number): Promise<readonly ServerSentEvent[] | undefined>
  cancel(): void
  /** Nothing more is wanted: the connection may close in good order, or is cancelled soon. */
  letGo(): void
}

/** @param stalled The reason to give up for where no bytes come. */
export function readEventBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  open: OpenRequest,
  stalled: (ms: number) => ProxyError,
): EventBody {
  const reader = readerOfBody(body)
  const text = createTextPieces()
  const outsideTheStandard: ServerSentEvent[] = []
  const decoder = createSseDecoder({
    maxEventLength,
    unterminated: 'dispatch',
    onIgnoredLine: (line) => outsideTheStandard.push(...errorInLine(line)),
  })
  let isOver = false
  let patienceMs = 0
  const patience = createDeadline(() => open.abort(stalled(patienceMs)))

  /** Ends the read that is waiting, also where the body itself does not heed the signal it was asked with. */
  function cancel(): void {
    patience.stop()
    reader.cancel()
  }

  if (open.signal.aborted) cancel()
  open.signal.addEventListener('abort', cancel, { once: true })

  function decode(bytes: Uint8Array | undefined): ServerSentEvent[] {
    try {
      const events = decoder.push(bytes ? text.push(bytes) : text.end())
      if (bytes === undefined) events.push(...decoder.end().filter(isWhole))
      return outsideTheStandard.length > 0 ? [...events, ...outsideTheStandard.splice(0)] : events
    } catch (error) {
      throw error instanceof ChatError ? tooLarge() : error
    }
  }

  function end(): void {
    isOver = true
    patience.stop()
    open.signal.removeEventListener('abort', cancel)
  }

  return {
    async next(ms) {
      if (isOver) return undefined
      patienceMs = ms
      patience.putOff(ms)
      let bytes: Uint8Array | undefined
      try {
        bytes = await reader.read()
      } catch {
        end()
        throw open.signal.aborted ? open.signal.reason : brokenOff()
      }
      patience.rest()
      if (!bytes || open.signal.aborted) end()
      if (open.signal.aborted) throw open.signal.reason
      return decode(bytes)
    },
    cancel,
    async letGo() {
      patience.stop()
      const timer = setTimeout(cancel, closesWithinMs)
      // A connection that was read to its end can be used again.
      while (!isOver) isOver = !(await reader.read().catch(() => undefined))
      clearTimeout(timer)
      open.signal.removeEventListener('abort', cancel)
    },
  }
}

/** What broke off in the middle of an event is no JSON. Some servers only forget the last line break. */
function isWhole({ data }: ServerSentEvent): boolean {
  if (data === '[DONE]') return true
  try {
    JSON.parse(data)
    return true
  } catch {
    return false
  }
}

/** Some servers end a stream with a line `error: {…}`, or with bare JSON. */
function errorInLine(line: string): ServerSentEvent[] {
  const [, text] = /^error: ?(.*)$/.exec(line) ?? /^(\{.*"error".*\})$/.exec(line) ?? []
  if (text === undefined) return []
  let error: unknown = text
  try {
    error = JSON.parse(text)
  } catch {
    // Then it is words.
  }
  const isNested = typeof error === 'object' && error !== null && 'error' in error
  return [{ type: 'message', data: JSON.stringify(isNested ? error : { error }), id: '' }]
}

function tooLarge(): ProxyError {
  return new ProxyError('An event of the provider is too large to be passed on.', {
    status: 502,
    code: 'event-too-large',
  })
}
