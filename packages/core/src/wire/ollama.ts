import type { Chunk } from '../chunk.ts'
import { asNumber, asObject, asObjects, asText, isObject, type JsonObject } from '../json.ts'
import type { FinishReason } from '../message.ts'
import { bearerHeaders } from './bearer-headers.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createStartReader } from './message-start.ts'
import { createNdjsonDecoder } from './ndjson.ts'
import { ollamaBody } from './ollama-request.ts'
import { createWholeToolCallReader } from './whole-tool-calls.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * Ollama's own API: a line of JSON per delta, at `http://localhost:11434` unless told otherwise. Ollama also speaks
 * `openai-chat`, under `/v1`.
 * @see https://docs.ollama.com/api/chat
 */
export const ollama: WireFormat = {
  name: 'ollama',
  request: (request, target) => ({
    url: `${target.baseURL}/api/chat`,
    headers: bearerHeaders(request, target),
    body: ollamaBody(request),
  }),
  createDecoder: (options) => createJsonDecoder(createReader, options, createNdjsonDecoder),
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
])

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  const readStart = createStartReader(emit)
  const toolCalls = createWholeToolCallReader(emit)
  let finishReason: FinishReason | undefined

  function readCall(call: JsonObject): void {
    const details = asObject(call.function)
    const toolName = asText(details.name)
    if (!toolName) return
    const { arguments: input } = details
    // Servers that only look like Ollama send the JSON as text.
    const argumentsText = typeof input === 'string' ? input : JSON.stringify(input ?? {})
    toolCalls.read({ toolCallId: asText(call.id), toolName, argumentsText })
  }

  function readUsage(payload: JsonObject): void {
    const [input, output] = [asNumber(payload.prompt_eval_count), asNumber(payload.eval_count)]
    if (input === undefined && output === undefined) return
    // A prompt that was cached whole is not counted.
    const [inputTokens, outputTokens] = [input ?? 0, output ?? 0]
    emit({ type: 'usage', usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens } })
  }

  return {
    read(payload) {
      if (typeof payload.done !== 'boolean') return false
      readStart(undefined, payload.model)
      const message = asObject(payload.message)
      // `/api/generate` has no message: its text and thinking lie beside `done`.
      const thinking = asText(message.thinking) ?? asText(payload.thinking)
      const text = asText(message.content) ?? asText(payload.response)
      if (thinking) emit({ type: 'reasoning-delta', text: thinking })
      if (text) emit({ type: 'text-delta', text })
      for (const call of asObjects(message.tool_calls)) readCall(call)
      readUsage(payload)
      const reason = asText(payload.done_reason)
      if (reason) finishReason = finishReasons.get(reason) ?? 'unknown'
      return true
    },
    close: () => (toolCalls.hasCalls && finishReason === 'stop' ? 'tool-calls' : finishReason),
    isTerminator: (payload) => isObject(payload) && payload.done === true,
  }
}
