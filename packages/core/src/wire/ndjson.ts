import { ChatError } from '../errors.ts'
import type { ServerSentEvent, SseDecoder, SseDecoderOptions } from '../sse/decode-sse.ts'

/**
 * Turns newline-delimited JSON into events, one a line, so that what reads events reads lines as well. Time is linear
 * in the text, however it was cut. What is no line of JSON before the first event is a body of another kind, and goes
 * to `onIgnoredLine`: a page of HTML, or an error printed over several lines. The last line needs no line feed.
 * @see https://github.com/ndjson/ndjson-spec
 */
export function createNdjsonDecoder({
  maxEventLength = 16 * 1024 * 1024,
  onIgnoredLine,
}: Pick<SseDecoderOptions, 'maxEventLength' | 'onIgnoredLine'> = {}): Pick<SseDecoder, 'push' | 'end'> {
  // Engines add to a string without copying it, and copy once, when it is read: nothing may look into it before.
  let unfinished = ''
  let hasBegun = false
  let overflow: ChatError | undefined

  function push(text: string): ServerSentEvent[] {
    if (overflow) throw overflow
    const events: ServerSentEvent[] = []
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1 && !overflow; end = text.indexOf('\n', start)) {
      const line = unfinished + text.slice(start, end)
      unfinished = ''
      start = end + 1
      readLine(line, events)
    }
    unfinished += text.slice(start)
    limit(unfinished.length)
    if (overflow && events.length === 0) throw overflow
    return events
  }

  function end(): ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    if (!overflow) readLine(unfinished, events)
    unfinished = ''
    return events
  }

  function readLine(line: string, events: ServerSentEvent[]): void {
    limit(line.length)
    if (overflow) return
    const data = line.trim()
    // A brace alone begins JSON that is printed over several lines.
    hasBegun ||= data.startsWith('{') && data !== '{'
    if (!hasBegun) onIgnoredLine?.(line)
    else if (data) events.push({ type: 'message', data, id: '' })
  }

  function limit(length: number): void {
    if (length <= maxEventLength) return
    overflow = new ChatError('event-too-large')
    unfinished = ''
  }

  return { push, end }
}
