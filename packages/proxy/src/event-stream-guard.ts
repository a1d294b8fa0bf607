import { concatBytes } from './bytes.ts'

// Past this a line is sent on before it is whole: an image in one event may be megabytes long.
const maxHeldBytes = 16 * 1024
const lineFeed = 10
const carriageReturn = 13

// A quote inside a JSON text is escaped, so these match the stream's own words only, never those of an answer.
const saysHowItEnds = /"finish_reason"\s*:\s*"|"error"\s*:\s*[{"]|^(?:data: ?\[DONE\]|error:)/m

/**
 * Stands between an event stream and its reader. It lets whole lines through at once and keeps the unfinished one, so
 * that a stream that breaks off can still be ended by an event of ours; and it sees whether the stream said how it ends.
 */
export interface EventStreamGuard {
  push(bytes: Uint8Array): Uint8Array
  /** The stream closed: what was kept, if that is its end, as some servers forget the last line break. */
  end(): Uint8Array
  /** Whether a finish reason, a terminator or an error has passed. */
  readonly hasEnding: boolean
  /** Whether part of a line has been sent, and the stream cannot be ended by an event. */
  readonly isInsideLine: boolean
}

export function createEventStreamGuard(): EventStreamGuard {
  // One character for each byte: what is looked for is ASCII.
  const latin1 = new TextDecoder('latin1')
  let held: Uint8Array = new Uint8Array()
  let hasEnding = false
  let isInsideLine = false
  // What is looked for may be cut in two where a line is sent in pieces.
  let endOfSeen = ''

  function push(bytes: Uint8Array): Uint8Array {
    const piece = concatBytes(held, bytes)
    const afterLastLine = Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1
    if (afterLastLine === 0 && (isInsideLine || piece.length > maxHeldBytes)) {
      held = new Uint8Array()
      isInsideLine = true
      return see(piece)
    }
    const sendable = afterLastLine === 0 ? 0 : piece.length - bytes.length + afterLastLine
    // Copied: the sender may use its memory again.
    held = piece.slice(sendable)
    if (sendable > 0) isInsideLine = false
    return see(piece.subarray(0, sendable))
  }

  function see(bytes: Uint8Array): Uint8Array {
    if (hasEnding || bytes.length === 0) return bytes
    const text = endOfSeen + latin1.decode(bytes)
    hasEnding = saysHowItEnds.test(text)
    endOfSeen = isInsideLine ? text.slice(-32) : ''
    return bytes
  }

  function end(): Uint8Array {
    const rest = held
    held = new Uint8Array()
    see(rest)
    return hasEnding ? rest : held
  }

  return {
    push,
    end,
    get hasEnding() {
      return hasEnding
    },
    get isInsideLine() {
      return isInsideLine
    },
  }
}
