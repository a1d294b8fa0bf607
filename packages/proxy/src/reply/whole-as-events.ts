import type { ServerSentEvent } from '@millrace/core/sse'
import { readAtMost } from '../bytes.ts'
import { ProxyError } from '../errors.ts'
import type { OpenRequest } from '../open-requests.ts'
import { redactError } from '../redact.ts'
import { maxAnswerBytes, orAborted } from '../whole-answer.ts'
import type { EventBody } from './event-body.ts'

/**
 * An answer that came whole, after the client was told that a stream begins: as one event that says all of it, and
 * `[DONE]`. Of an error the event alone.
 * @throws {ProxyError} for what is no answer or breaks off; the reason the request was aborted for.
 */
export async function readWholeAsEvents(
  response: Response,
  { signal }: OpenRequest,
  secrets: readonly string[],
): Promise<EventBody> {
  const bytes = await orAborted(readAtMost(response.body, maxAnswerBytes), signal)
  let events = bytes && eventsOf(new TextDecoder().decode(bytes), secrets)?.map(toEvent)
  if (!events) throw noStream()
  return {
    async next() {
      const said = events
      events = undefined
      return said
    },
    cancel() {},
    letGo() {},
  }
}

function eventsOf(text: string, secrets: readonly string[]): string[] | undefined {
  const answer = parse(text)
  if (!isObject(answer)) return undefined
  if (answer.error) return [redactError(JSON.stringify({ error: answer.error }), secrets)]
  return Array.isArray(answer.choices) ? [JSON.stringify(toChunk(answer, answer.choices)), '[DONE]'] : undefined
}

/** What an answer calls a message a stream calls a delta, and there alone calls have their place. */
function toChunk(answer: object, choices: readonly unknown[]): object {
  const deltas = choices
    .filter(isObject)
    .map(({ message, ...choice }) => ({ ...choice, delta: isObject(message) ? toDelta(message) : {} }))
  return { ...answer, object: 'chat.completion.chunk', choices: deltas }
}

function toDelta(message: JsonObject): object {
  if (!Array.isArray(message.tool_calls)) return message
  return { ...message, tool_calls: message.tool_calls.filter(isObject).map((call, index) => ({ index, ...call })) }
}

function toEvent(data: string): ServerSentEvent {
  return { type: 'message', data, id: '' }
}

type JsonObject = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function noStream(): ProxyError {
  return new ProxyError('The provider answered no stream.', { status: 502, code: 'provider-error' })
}
