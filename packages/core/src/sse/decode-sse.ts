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
  let events: ServerSentEvent[] | undefined

  function push(text: string): ServerSentEvent[] {
    if (overflow) throw overflow
    const piece = endedByCarriageReturn && text.startsWith('\n') ? text.slice(1) : text
    if (text) endedByCarriageReturn = false
    let start = 0
    // The next of each from `start` on. A piece without carriage returns is searched for them once, not once per line.
    let feed = -1
    let returned = -1
    while (start < piece.length && !overflow) {
      if (feed < start) feed = find(piece, '\n', start)
      if (returned < start) returned = find(piece, '\r', start)
      const end = Math.min(feed, returned)
      if (end === piece.length) {
        unfinished += piece.slice(start)
        limit(unfinished.length)
        break
      }
      if (unfinished) {
        const line = unfinished + piece.slice(start, end)
        unfinished = ''
        readLine(line, 0, line.length)
      } else if (isPlainEvent(piece, start, end)) {
        dispatch(piece.slice(start + 6, end))
        start = end + 2
        continue
      } else readLine(piece, start, end)
      start = end + 1
      if (end === returned) {
        endedByCarriageReturn = start === piece.length
        if (feed === start) start++
        if (piece.startsWith('\r\n', start)) {
          readLine('', 0, 0)
          start += 2
        }
      }
    }
    if (overflow && !events) throw overflow
    return takeEvents()
  }

  function end(): ServerSentEvent[] {
    if (overflow) throw overflow
    if (unterminated === 'dispatch') {
      // Half an id is another id, and half a number another number.
      if (!/^(id|retry)/.test(unfinished)) readLine(unfinished, 0, unfinished.length)
      unfinished = ''
      dispatch(data)
    }
    return takeEvents()
  }

  /** An event over the limit is refused however it was cut: whole in one piece as well. */
  function limit(lineLength: number): void {
    if (lineLength + (data?.length ?? 0) > maxEventLength) overflow ??= new ChatError('event-too-large')
  }

  /** Reads the line between two places of a text. The lines that come with every delta are not cut out first. */
  function readLine(text: string, start: number, end: number): void {
    limit(end - start)
    if (overflow) return
    if (start === end) dispatch(data)
    else if (isData(text, start)) addData(text.slice(start + 6, end))
    else if (text.startsWith('event: ', start)) type = text.slice(start + 7, end)
    else readField(text.slice(start, end))
  }

  function readField(line: string): void {
    const colon = find(line, ':', 0)
    const field = line.slice(0, colon)
    const value = line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (field === 'data') addData(value)
    else if (field === 'event') type = value
    else if (field === 'id') idOfUnfinished = value.includes('\0') ? idOfUnfinished : value
    else if (field === 'retry') retryMs = /^\d+$/.test(value) ? Number(value) : retryMs
    else if (field) onIgnoredLine?.(line)
  }

  function addData(value: string): void {
    data = data === undefined ? value : `${data}\n${value}`
  }

  /** Nearly every event is one data line and a blank one. Taken at once, a stream of them reads a third faster. */
  function isPlainEvent(text: string, start: number, end: number): boolean {
    return text.startsWith('\n\n', end) && data === undefined && end - start <= maxEventLength && isData(text, start)
  }

  function dispatch(complete: string | undefined): void {
    lastEventId = idOfUnfinished
    if (complete !== undefined) {
      const event = { type: type || 'message', data: complete, id: lastEventId }
      // An array made around its first event is small; one that grows to hold it makes room for many.
      if (events) events.push(event)
      else events = [event]
    }
    data = undefined
    type = ''
  }

  function takeEvents(): ServerSentEvent[] {
    const taken = events ?? []
    events = undefined
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

/** Compared in two, since engines inline a comparison with up to three letters. */
function isData(text: string, start: number): boolean {
  return text.startsWith('dat', start) && text.startsWith('a: ', start + 3)
}

/** The place of the character, or the length of the text. */
function find(text: string, character: string, from: number): number {
  const place = text.indexOf(character, from)
  return place < 0 ? text.length : place
}
