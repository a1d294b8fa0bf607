import type { Chunk } from '../chunk.ts'
import { brokenOff, ChatError, type ChatErrorCode, isCut } from '../errors.ts'
import { isObject, type JsonObject, parseJson } from '../json.ts'
import type { FinishReason } from '../message.ts'
import { errorFromPayload } from '../provider-error.ts'
import { createSseDecoder, type ServerSentEvent, type SseDecoder, type SseDecoderOptions } from '../sse/decode-sse.ts'
import type { DecoderOptions, WireDecoder } from './wire-format.ts'

/** What a format knows of its own payloads. Framing, errors and how a reply ends are the same for all. */
export interface PayloadReader {
  /**
   * Emits what a payload says.
   * @param whole The payload is a whole answer that came as one JSON body, not a part of a stream.
   * @returns false where the payload is none of this format.
   */
  read(payload: JsonObject, whole: boolean): boolean
  /** Emits what has to be said before the end, and returns the finish reason, if one came. */
  close(ending: Ending): FinishReason | undefined
  /** Whether this event ends the stream. Its payload is read first; it is undefined for what is no JSON, like `[DONE]`. */
  isTerminator(payload: unknown, data: string): boolean
}

/** How the body ended: with its terminator, by closing without one, or in the middle of something. */
export type Ending = 'terminated' | 'closed' | 'broken'

// Enough for a whole answer sent as one JSON body, which reads as lines that are no events.
const maxIgnoredLength = 4 * 1024 * 1024
const excerptLength = 200

/**
 * A decoder for a format that puts one JSON payload into each event.
 * @param createFraming Cuts the text into events: server-sent ones, or lines that pass for them.
 */
export function createJsonDecoder(
  createReader: (emit: (chunk: Chunk) => void) => PayloadReader,
  { requireFinishReason = true, maxEventLength }: DecoderOptions = {},
  createFraming: (options: SseDecoderOptions) => Pick<SseDecoder, 'push' | 'end'> = createSseDecoder,
): WireDecoder {
  const startFraming = () => createFraming({ unterminated: 'dispatch', onIgnoredLine: readIgnoredLine, maxEventLength })
  // One decoder for the whole body: a character may be cut anywhere. It also takes the byte order mark.
  let utf8 = new TextDecoder()
  let framing = startFraming()
  const chunks: Chunk[] = []
  const reader = createReader((chunk) => (chunk.type === 'error' ? fail(chunk.error) : chunks.push(chunk)))
  let ended = false
  let failure: ChatError | undefined
  let recognised = false
  let firstPayload: string | undefined
  let ignored = ''
  let accept = (_event: ServerSentEvent) => true

  function readEvents(events: readonly ServerSentEvent[], atEnd: boolean): void {
    // One without a word keeps a connection alive; at the very end it is the beginning of one.
    for (const event of events) if (!ended && accept(event) && (event.data || atEnd)) readEvent(event, atEnd)
  }

  function readEvent(event: ServerSentEvent, atEnd: boolean): void {
    const payload = parseJson(event.data)
    const terminates = reader.isTerminator(payload, event.data)
    // Half an event at the very end of the body is a cut stream, not a bad one.
    if (atEnd && payload === undefined && !terminates) return finish('broken')
    if (!terminates) firstPayload ??= event.data
    if (isObject(payload)) readPayload(payload, event.type === 'error', false)
    else if (!terminates) failWith(withExcerpt('malformed-event', event.data))
    if (terminates) finish('terminated')
  }

  function readPayload(payload: JsonObject, isError: boolean, whole: boolean): void {
    // An error may ride on a payload that also holds text and usage: both count.
    if (reader.read(payload, whole)) recognised = true
    if (isError || payload.object === 'error' || payload.error) fail(errorFromPayload(payload))
  }

  /** Some servers write an error as a field of its own, or as bare JSON without any `data:`. */
  function readIgnoredLine(line: string): void {
    const error = line.startsWith('error:') ? parseJson(line.slice(6)) : undefined
    if (error) fail(errorFromPayload({ error }))
    else if (ignored.length < maxIgnoredLength) ignored += `${line}\n`
  }

  /** The body held no event at all: it may be a whole answer or an error as JSON, or nothing of the kind. */
  function readBody(): void {
    firstPayload = ignored
    const payload = parseJson(ignored)
    // Some servers send all their payloads as one list.
    for (const body of [payload].flat()) if (isObject(body)) readPayload(body, false, true)
    if (recognised) finish('terminated')
  }

  function fail(error: ChatError): void {
    // A provider may report one failure twice. The first report is the one with the most in it.
    if (!failure) chunks.push({ type: 'error', error })
    failure ??= error
  }

  function failWith(error: ChatError): void {
    fail(error)
    finish('broken')
  }

  function finish(ending: Ending, cause?: unknown): void {
    if (ended) return
    ended = true
    const reason = reader.close(failure ? 'broken' : ending)
    if (reason === 'error') fail(new ChatError('provider-error'))
    else if (firstPayload !== undefined && !recognised) fail(withExcerpt('not-a-stream', firstPayload))
    else if (!reason && ending !== 'terminated' && (requireFinishReason || ending === 'broken')) fail(brokenOff(cause))
    const failed = isCut(failure) ? 'incomplete' : failure && 'error'
    chunks.push({ type: 'message-end', finishReason: failed ?? reason ?? 'unknown' })
  }

  /** All that reading throws is the framing's event over the limit. */
  function guarded(read: () => void): void {
    try {
      read()
    } catch (error) {
      failWith(brokenOff(error))
    }
  }

  return {
    push(bytes) {
      if (!ended) guarded(() => readEvents(framing.push(utf8.decode(bytes, { stream: true })), false))
      return chunks.splice(0)
    },
    end(lost) {
      if (lost) finish('broken', lost.cause)
      else
        guarded(() => {
          readEvents(framing.push(utf8.decode()), false)
          readEvents(framing.end(), true)
          if (firstPayload === undefined && ignored.trim()) readBody()
        })
      finish('closed')
      return chunks.splice(0)
    },
    restart(acceptEvent) {
      accept = acceptEvent
      utf8 = new TextDecoder()
      framing = startFraming()
    },
  }
}

function withExcerpt(code: ChatErrorCode, text: string): ChatError {
  return new ChatError(code, { excerpt: text.slice(0, excerptLength) })
}
