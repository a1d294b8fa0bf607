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
  // The line that has not ended. Engines add to a string without copying it, and copy once, when it is read: so a long
  // line in small pieces costs linear time. Nothing may look into it before its end.
  let unfinished = ''
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
    const piece = endedByCarriageReturn && text.startsWith('\n') ? text.slice(1) : text
    if (text) endedByCarriageReturn = false
    const feed = piece.indexOf('\n')
    // Most streams hold no carriage return at all: then they are looked for once per piece, not once per line.
    const returned = piece.indexOf('\r')
    if (feed === -1 && returned === -1) unfinished += piece
    else readLines(unfinished + piece, unfinished.length, feed, returned)
    limit(unfinished.length)
    if (overflow && events.length === 0) throw overflow
    return takeEvents()
  }

  /** @param feed Where the first line feed is after `offset`, counted from there, -1 for none; `returned` likewise. */
  function readLines(text: string, offset: number, feed: number, returned: number): void {
    let start = 0
    let nextFeed = feed === -1 ? -1 : offset + feed
    let nextReturn = returned === -1 ? -1 : offset + returned
    while (!overflow && (nextFeed !== -1 || nextReturn !== -1)) {
      if (nextReturn === -1 && isPlainEvent(text, start, nextFeed)) {
        lastEventId = idOfUnfinished
        events.push({ type: type || 'message', data: text.slice(start + 6, nextFeed), id: lastEventId })
        type = ''
        start = nextFeed + 2
        nextFeed = text.indexOf('\n', start)
        continue
      }
      const byReturn = nextReturn !== -1 && (nextFeed === -1 || nextReturn < nextFeed)
      const end = byReturn ? nextReturn : nextFeed
      readLine(text, start, end)
      start = end + 1
      if (byReturn) {
        endedByCarriageReturn = start === text.length
        if (nextFeed === start) start++
        nextReturn = text.indexOf('\r', start)
      }
      if (nextFeed !== -1 && nextFeed < start) nextFeed = text.indexOf('\n', start)
    }
    unfinished = text.slice(start)
  }

  /** Nearly every event has one data line, and then a blank one. Taken at once, a stream of them reads twice as fast. */
  function isPlainEvent(text: string, start: number, end: number): boolean {
    const isFresh = data === undefined && end - start <= maxEventLength
    return isFresh && text.charCodeAt(end + 1) === lineFeed && text.startsWith('data: ', start)
  }

  function end(): ServerSentEvent[] {
    if (overflow) throw overflow
    if (unterminated === 'dispatch') {
      // Half an id is another id, and half a number another number.
      if (!/^(id|retry)/.test(unfinished)) readLine(unfinished, 0, unfinished.length)
      unfinished = ''
      dispatch()
    }
    return takeEvents()
  }

  /** An event over the limit is refused however it was cut: whole in one piece as well. */
  function limit(lineLength: number): void {
    if (lineLength + (data?.length ?? 0) > maxEventLength) overflow ??= new ChatError('event-too-large')
  }

  /** Reads the line between two places of a text, without cutting it out first. */
  function readLine(text: string, start: number, end: number): void {
    limit(end - start)
    if (overflow) return
    if (start === end) return dispatch()
    // Nearly every line there is.
    if (text.startsWith('data:', start))
      addData(text.slice(start + (text.charCodeAt(start + 5) === space ? 6 : 5), end))
    else if (text.startsWith('event: ', start)) type = text.slice(start + 7, end)
    else {
      const line = text.slice(start, end)
      const [field = ''] = line.split(':', 1)
      const value = line.slice(field.length + 1)
      if (field) readField(field, value.startsWith(' ') ? value.slice(1) : value, line)
    }
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
