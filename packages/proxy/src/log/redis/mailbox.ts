import type { FinalState, LoggedEvents } from '../stream-log.ts'
import { splitEvents } from './split-events.ts'

/** An announcement: events, and how the stream ended where it did. */
export interface Note extends LoggedEvents {
  readonly state?: FinalState | undefined
}

export interface Mailbox {
  put(message: string): void
  /** The next announcement; nothing where none comes in time, or some were dropped. */
  take(timeoutMs: number): Promise<Note | undefined>
  close(): void
}

// A reader slower than that takes the rest from the log.
const maxWaitingLength = 256 * 1024

/** Keeps what was announced until it is read, up to a limit: then all of it is dropped. */
export function createMailbox(signal: AbortSignal): Mailbox {
  let messages: string[] = []
  let length = 0
  let wake = () => {}
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort, { once: true })

  return {
    put(message) {
      length += message.length
      if (length > maxWaitingLength) {
        messages = []
        length = 0
      } else messages.push(message)
      wake()
    },
    async take(timeoutMs) {
      if (messages.length === 0 && timeoutMs > 0 && !signal.aborted) {
        let timer: ReturnType<typeof setTimeout> | undefined
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, timeoutMs)
        })
        clearTimeout(timer)
      }
      const message = messages.shift()
      if (message === undefined) return undefined
      length -= message.length
      return readNote(message)
    },
    close: () => signal.removeEventListener('abort', onAbort),
  }
}

/** `<first> <count> <final state> <events>`, as the scripts say it. */
function readNote(message: string): Note {
  const [head = '', seq, state] = /^(\d+) \d+ (\w*) /.exec(message) ?? []
  return {
    seq: Number(seq),
    events: splitEvents(message.slice(head.length)),
    state: (state || undefined) as FinalState | undefined,
  }
}
