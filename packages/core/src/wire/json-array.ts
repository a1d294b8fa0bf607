import { ChatError } from '../errors.ts'
import { createSseDecoder, type ServerSentEvent, type SseDecoder, type SseDecoderOptions } from '../sse/decode-sse.ts'

/**
 * Reads server-sent events, and where the body is one growing JSON array instead, each of its objects as an event once it
 * is whole. Time is linear in the text, however it was cut.
 */
export function createEventOrArrayDecoder(options: SseDecoderOptions): Pick<SseDecoder, 'push' | 'end'> {
  let framing: Pick<SseDecoder, 'push' | 'end'> | undefined
  return {
    push(text) {
      // White space before the first character is nothing to either.
      if (!framing && !text.trim()) return []
      framing ??= /^\s*\[/.test(text) ? createArrayDecoder(options) : createSseDecoder(options)
      return framing.push(text)
    },
    end: () => framing?.end() ?? [],
  }
}

const longestOther = 1000

function createArrayDecoder({
  maxEventLength = 16 * 1024 * 1024,
  onIgnoredLine,
}: SseDecoderOptions): Pick<SseDecoder, 'push' | 'end'> {
  // As in the other decoders, nothing looks into what is unfinished before its end.
  let unfinished = ''
  /** The beginning of what is no object: the body of another kind. */
  let other = ''
  let depth = 0
  let isInText = false
  let isEscaped = false
  let overflow: ChatError | undefined

  function push(text: string): ServerSentEvent[] {
    if (overflow) throw overflow
    const events: ServerSentEvent[] = []
    let start = 0
    for (let place = 0; place < text.length && !overflow; place++) {
      const character = text[place] ?? ''
      if (depth === 0) {
        if (character === '{') depth = 1
        else if (!/[\s[\],]/.test(character) && other.length < longestOther) other += character
        start = place
      } else if (closes(character)) {
        const data = unfinished + text.slice(start, place + 1)
        unfinished = ''
        limit(data.length)
        if (!overflow) events.push({ type: 'message', data, id: '' })
      }
    }
    if (depth > 0) unfinished += text.slice(start)
    limit(unfinished.length)
    if (overflow && events.length === 0) throw overflow
    return events
  }

  /** Reads on inside of an object. @returns whether that is its end. */
  function closes(character: string): boolean {
    if (isEscaped) isEscaped = false
    else if (isInText) {
      isEscaped = character === '\\'
      isInText = character !== '"'
    } else if (character === '"') isInText = true
    else if (/[{[]/.test(character)) depth++
    else if (/[}\]]/.test(character)) depth--
    return depth === 0
  }

  function limit(length: number): void {
    if (length <= maxEventLength) return
    overflow ??= new ChatError('event-too-large')
    unfinished = ''
  }

  return {
    push,
    end() {
      if (other) onIgnoredLine?.(other)
      // Half an object is a stream that was cut.
      return unfinished ? [{ type: 'message', data: unfinished, id: '' }] : []
    },
  }
}
