import { type Chunk, createSseDecoder } from '@millrace/core'
import { encodeReply } from '../encoders/encode-reply.ts'
import type { WireEncoding } from '../encoders/wire-encoder.ts'
import { isObject, type JsonObject, parseJson } from '../json.ts'

/** The body of the reply as text. */
export function bodyText(encoding: WireEncoding, chunks: readonly Chunk[]): string {
  return new TextDecoder().decode(encodeReply(chunks, { encoding }))
}

/** The payloads of the events of a reply; those that are no JSON are left out. */
export function payloadsOf(encoding: WireEncoding, chunks: readonly Chunk[]): JsonObject[] {
  const body = bodyText(encoding, chunks)
  const data =
    encoding.name === 'ollama'
      ? body.split('\n')
      : createSseDecoder()
          .push(body)
          .map((event) => event.data)
  return data.map(parseJson).filter(isObject)
}

export const start: Chunk = { type: 'message-start', responseId: 'r1', model: 'm1' }
export const stop: Chunk = { type: 'message-end', finishReason: 'stop' }
export const text = (said: string): Chunk => ({ type: 'text-delta', text: said })
export const thought = (said: string): Chunk => ({ type: 'reasoning-delta', text: said })
export const signed = (signature: string): Chunk => ({ type: 'reasoning-delta', text: '', signature })
export const usage: Chunk = { type: 'usage', usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 } }

/** A call in three pieces. */
export function call(toolName: string, argumentsText: string, providerExecuted = false): Chunk[] {
  const toolCallId = `id_${toolName}`
  return [
    { type: 'tool-call-start', toolCallId, toolName, ...(providerExecuted && { providerExecuted }) },
    { type: 'tool-call-delta', toolCallId, argumentsText },
    { type: 'tool-call-end', toolCallId },
  ]
}
