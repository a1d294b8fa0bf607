import { ChatError } from '../errors.ts'

export interface ServerSentEvent {
  /** `message` where the stream named none. */
  type: string
  /** The data lines, joined by a line feed. */
  data: string
  /** The last event id of the stream at that moment, `''` before the first. */
  id: string
}

export interface SseDecoderOptions {
  /** Longest unfinished event that is kept, in UTF-16 code units. Default 16 Mi. */
  readonly maxEventLength?: number | undefined
  /**
   * What `end` does with an event that no blank line follows. The standard discards it; servers of models do forget
   * the last line end, so their readers dispatch it. Default `discard`.
   */
  readonly unterminated?: 'discard' | 'dispatch'
  /** Gets each line that is neither a comment nor a field of the standard: what is left of a server's own error. */
  readonly onIgnoredLine?: (line: string) => void
}

export interface SseDecoder {
  /**
   * The events that this piece completes. Pieces may be cut anywhere; the time taken is linear in the text.
   * @throws {ChatError} `event-too-large`, once the events before it were returned.
   */
  push(text: string): ServerSentEvent[]
  /** The end of the stream. A second call returns nothing. */
  end(): ServerSentEvent[]
  readonly lastEventId: string
  /** The reconnection time the stream asked for, in milliseconds. */
  readonly retryMs?: number | undefined
}

const lineFeed = 10
const space = 32

/**
 * Turns server-sent-event text into events. A byte order mark is left to the text decoder in front, which takes it.
 * @see HTML Living Standard, 9.2.6 "Interpreting an event stream"
 */
export function createSseDecoder(options: SseDecoderOptions = {}): SseDecoder {
  const { maxEventLength = 16 * 1024 * 1024, unterminated = 'discard', onIgnoredLine } = options
  // The pieces of a line that has not ended. Joined once, so that a long line in small pieces costs linear time.
  let pieces: string[] = []
  let piecesLength = 0
  let data: string | undefined
  let type = ''
  let idOfUnfinished = ''
  // Only what was dispatched may be resumed from.
  let lastEventId = ''
  let retryMs: number | undefined
  // A line feed that follows belongs to this carriage return, also in the next piece.
  let endedByCarriageReturn = false
  let overflow: ChatError | undefined
  let events: ServerSentEvent[] = []

  function push(text: string): ServerSentEvent[] {
    if (overflow) throw overflow
    let start = 0
    if (endedByCarriageReturn && text.length > 0) {
      endedByCarriageReturn = false
      if (text.charCodeAt(0) === lineFeed) start = 1
    }
    let feed = text.indexOf('\n', start)
    // Most streams hold no carriage return at all: then they are looked for once per piece, not once per line.
    let returned = text.indexOf('\r', start)
    while (feed !== -1 || returned !== -1) {
      const byReturn = returned !== -1 && (feed === -1 || returned < feed)
      const end = byReturn ? returned : feed
      if (pieces.length > 0) {
        pieces.push(text.slice(start, end))
        const line = takePieces()
        readLine(line, 0, line.length)
      } else readLine(text, start, end)
      start = end + 1
      if (byReturn) {
        if (start === text.length) endedByCarriageReturn = true
        else if (feed === start) start++
        returned = text.indexOf('\r', start)
      }
      if (feed !== -1 && feed < start) feed = text.indexOf('\n', start)
    }
    if (start < text.length) {
      const rest = start === 0 ? text : text.slice(start)
      pieces.push(rest)
      piecesLength += rest.length
    }
    if (piecesLength + (data?.length ?? 0) > maxEventLength) {
      overflow = new ChatError('event-too-large')
      pieces = []
      data = undefined
      if (events.length === 0) throw overflow
    }
    return takeEvents()
  }

  function end(): ServerSentEvent[] {
    if (unterminated === 'dispatch' && !overflow) {
      const line = takePieces()
      // An event without data is none, so a cut `retry` or `id` alone counts for nothing.
      if (data !== undefined || line.startsWith('data')) {
        readLine(line, 0, line.length)
        dispatch()
      }
    }
    pieces = []
    data = undefined
    return takeEvents()
  }

  /** Reads the line between two places of a text, without cutting it out first. */
  function readLine(text: string, start: number, end: number): void {
    if (start === end) return dispatch()
    // `data:` is nearly every line there is.
    if (text.startsWith('data:', start) && start + 5 <= end) {
      return addData(text.slice(start + (text.charCodeAt(start + 5) === space && start + 5 < end ? 6 : 5), end))
    }
    const line = text.slice(start, end)
    const split = line.indexOf(':')
    if (split === 0) return
    const field = split === -1 ? line : line.slice(0, split)
    const value = split === -1 ? '' : line.slice(line.charCodeAt(split + 1) === space ? split + 2 : split + 1)
    readField(field, value, line)
  }

  function readField(field: string, value: string, line: string): void {
    switch (field) {
      case 'data':
        return addData(value)
      case 'event':
        type = value
        return
      case 'id':
        if (!value.includes('\0')) idOfUnfinished = value
        return
      case 'retry':
        if (/^\d+$/.test(value)) retryMs = Number(value)
        return
      default:
        onIgnoredLine?.(line)
    }
  }

  function addData(value: string): void {
    data = data === undefined ? value : `${data}\n${value}`
  }

  function dispatch(): void {
    lastEventId = idOfUnfinished
    if (data !== undefined) events.push({ type: type || 'message', data, id: lastEventId })
    data = undefined
    type = ''
  }

  function takePieces(): string {
    const line = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('')
    pieces = []
    piecesLength = 0
    return line
  }

  function takeEvents(): ServerSentEvent[] {
    const taken = events
    events = []
    return taken
  }

  return {
    push,
    end,
    get lastEventId() {
      return lastEventId
    },
    get retryMs() {
      return retryMs
    },
  }
}
