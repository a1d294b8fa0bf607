import type { Chunk } from '../chunk.ts'
import { asNumber, asObject, asObjects, asText, defined, isObject, type JsonObject } from '../json.ts'
import type { FinishReason, Usage } from '../message.ts'
import { bearerHeaders } from './bearer-headers.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createStartReader } from './message-start.ts'
import { writeFile } from './openai-chat-file.ts'
import { type FileWriter, openaiChatBody } from './openai-chat-request.ts'
import { createSourceReader } from './sources.ts'
import { createToolCallReader } from './tool-calls.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * OpenAI's Chat Completions, and the many servers that speak it with an accent.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const openaiChat: WireFormat = /* @__PURE__ */ openaiChatWith(writeFile)

/** The same, which of files takes images alone: what a chat begins with, to which `attachments()` brings the other. */
export const openaiChatWithImages: WireFormat = /* @__PURE__ */ openaiChatWith(() => {
  throw new TypeError('Files that are no images need attachments().')
})

function openaiChatWith(fileWriter: FileWriter): WireFormat {
  return {
    name: 'openai-chat',
    request: (request, target) => ({
      url: `${target.baseURL}/chat/completions`,
      headers: bearerHeaders(request, target),
      body: openaiChatBody(request, fileWriter),
    }),
    createDecoder: (options) => createJsonDecoder(createReader, options),
  }
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries({
    stop: 'stop',
    eos: 'stop',
    length: 'length',
    model_length: 'length',
    tool_calls: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
    error: 'error',
    insufficient_system_resource: 'error',
  }),
)

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  const readStart = createStartReader(emit)
  const toolCalls = createToolCallReader(emit)
  const readSource = createSourceReader(emit)
  let finishReason: FinishReason | undefined

  function say(type: 'text-delta' | 'reasoning-delta' | 'refusal-delta', text: unknown, signature?: string): void {
    // A space and a "0" are text as well.
    if (typeof text === 'string' && (text || signature)) emit({ type, text, ...(signature && { signature }) })
  }

  function readDelta(delta: JsonObject): void {
    readReasoning(delta)
    say('text-delta', delta.content)
    // Mistral's reasoning models send a list of text and thinking instead.
    for (const item of asObjects(delta.content)) {
      say('text-delta', item.text)
      for (const thought of asObjects(item.thinking)) say('reasoning-delta', thought.text)
    }
    say('refusal-delta', delta.refusal)
    for (const call of asObjects(delta.tool_calls)) toolCalls.read(call)
    // The form before tool calls: one function, no id.
    if (isObject(delta.function_call)) toolCalls.read({ index: 0, function: delta.function_call })
    for (const annotation of asObjects(delta.annotations)) readSource(asObject(annotation.url_citation))
    for (const image of asObjects(delta.images)) {
      const url = asText(asObject(image.image_url).url)
      if (url) emit({ type: 'file', url, mediaType: /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/png' })
    }
  }

  /** A gateway may send the same thought under two names, so the first one that holds text is taken alone. */
  function readReasoning(delta: JsonObject): void {
    const named = asText(delta.reasoning_content) ?? asText(delta.reasoning)
    const details = asObjects(delta.reasoning_details)
    const text = named ?? details.map((detail) => asText(detail.text) ?? asText(detail.summary)).join('')
    say('reasoning-delta', text, details.map((detail) => asText(detail.signature)).find(Boolean))
  }

  return {
    read(payload, whole) {
      const hasChoices = Array.isArray(payload.choices)
      // With n > 1 the answers are interleaved; a message is the first of them.
      const choice = asObjects(payload.choices).find(({ index }) => !asNumber(index))
      if (hasChoices) readStart(payload.id, payload.model)
      // A stream may repeat the whole text in `message`, so that counts only where there is no stream.
      if (choice) readDelta(asObject(whole ? choice.message : choice.delta))
      // Perplexity lists its sources beside the choices, in every chunk again.
      for (const result of asObjects(payload.search_results)) readSource(result)
      if (payload.citations) for (const url of [payload.citations].flat()) readSource({ url })
      const usage = payload.usage ?? asObject(payload.x_groq).usage ?? choice?.usage
      if (isObject(usage)) emit({ type: 'usage', usage: toUsage(usage) })
      const reason = asText(choice?.finish_reason)
      if (reason) finishReason = finishReasons.get(reason) ?? 'unknown'
      return hasChoices
    },
    close(ending) {
      // Calls are whole when the model says that it is done, or the server that it has sent all.
      const isWhole = finishReason ? /^(stop|tool|unk)/.test(finishReason) : ending === 'terminated'
      const hasCalls = isWhole && toolCalls.end()
      return hasCalls && finishReason === 'stop' ? 'tool-calls' : finishReason
    },
    isTerminator: (_, data) => data === '[DONE]',
  }
}

function toUsage(usage: JsonObject): Usage {
  const inputTokens = asNumber(usage.prompt_tokens) ?? 0
  const outputTokens = asNumber(usage.completion_tokens) ?? 0
  const reasoningTokens = asNumber(asObject(usage.completion_tokens_details).reasoning_tokens)
  const cachedInputTokens =
    asNumber(asObject(usage.prompt_tokens_details).cached_tokens) ?? asNumber(usage.prompt_cache_hit_tokens)
  return defined({
    inputTokens,
    outputTokens,
    totalTokens: asNumber(usage.total_tokens) ?? inputTokens + outputTokens,
    reasoningTokens,
    cachedInputTokens,
  })
}
