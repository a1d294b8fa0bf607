import type { Chunk } from '../chunk.ts'
import { defined, isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt } from '../json.ts'
import type { FinishReason, Usage } from '../message.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { openaiChatBody } from './openai-chat-request.ts'
import { createToolCallReader } from './tool-calls.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * OpenAI's Chat Completions, and the many servers that speak it with an accent.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const openaiChat: WireFormat = {
  name: 'openai-chat',
  request: (request, { baseURL, apiKey }) => ({
    url: `${baseURL}/chat/completions`,
    headers: { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...request.headers },
    body: openaiChatBody(request),
  }),
  createDecoder: (options) => createJsonDecoder(createReader, options),
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
  const toolCalls = createToolCallReader(emit)
  const seenUrls = new Set<string>()
  let responseId: string | undefined
  let model: string | undefined
  let finishReason: FinishReason | undefined

  /** The first chunk of some servers names no model: then a later one does. */
  function readStart(payload: JsonObject): void {
    const [before, modelBefore] = [responseId, model]
    responseId ??= textAt(payload, 'id')
    model ??= textAt(payload, 'model')
    if (responseId !== before || model !== modelBefore) emit(defined({ type: 'message-start', responseId, model }))
  }

  function say(type: 'text-delta' | 'reasoning-delta' | 'refusal-delta', text: unknown, signature?: string): void {
    // A space and a "0" are text as well.
    if (typeof text === 'string' && (text || signature)) emit({ type, text, ...(signature && { signature }) })
  }

  function readDelta(delta: JsonObject): void {
    readReasoning(delta)
    say('text-delta', delta.content)
    // Mistral's reasoning models send a list of text and thinking instead.
    for (const item of objectsAt(delta, 'content')) {
      say('text-delta', item.text)
      for (const thought of objectsAt(item, 'thinking')) say('reasoning-delta', thought.text)
    }
    say('refusal-delta', delta.refusal)
    for (const call of objectsAt(delta, 'tool_calls')) toolCalls.read(call)
    // The form before tool calls: one function, no id.
    if (isObject(delta.function_call)) toolCalls.read({ index: 0, function: delta.function_call })
    for (const annotation of objectsAt(delta, 'annotations')) readSource(objectAt(annotation, 'url_citation'))
    for (const image of objectsAt(delta, 'images')) {
      const url = textAt(objectAt(image, 'image_url'), 'url')
      if (url) emit({ type: 'file', url, mediaType: /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/png' })
    }
  }

  /** A gateway may send the same thought under two names, so the first one that holds text is taken alone. */
  function readReasoning(delta: JsonObject): void {
    const details = objectsAt(delta, 'reasoning_details')
    const fromDetails = details.map((detail) => textAt(detail, 'text') ?? textAt(detail, 'summary')).join('')
    const text = textAt(delta, 'reasoning_content') ?? textAt(delta, 'reasoning') ?? fromDetails
    say('reasoning-delta', text, details.map((detail) => textAt(detail, 'signature')).find(Boolean))
  }

  function readSource(source: JsonObject): void {
    const url = textAt(source, 'url')
    if (!url || seenUrls.has(url)) return
    seenUrls.add(url)
    emit(defined({ type: 'source', url, title: textAt(source, 'title') }))
  }

  function readUsage(payload: JsonObject, choice: JsonObject | undefined): void {
    const found = [payload.usage, objectAt(payload, 'x_groq').usage, choice?.usage].find(isObject)
    if (found) emit({ type: 'usage', usage: toUsage(found) })
  }

  return {
    read(payload, whole) {
      const hasChoices = Array.isArray(payload.choices)
      // With n > 1 the answers are interleaved; a message is the first of them.
      const choice = objectsAt(payload, 'choices').find((candidate) => (numberAt(candidate, 'index') ?? 0) === 0)
      if (hasChoices) readStart(payload)
      // A stream may repeat the whole text in `message`, so that counts only where there is no stream.
      if (choice) readDelta(objectAt(choice, whole ? 'message' : 'delta'))
      // Perplexity lists its sources beside the choices, in every chunk again.
      for (const result of objectsAt(payload, 'search_results')) readSource(result)
      for (const url of [payload.citations].flat()) readSource({ url })
      readUsage(payload, choice)
      const reason = textAt(choice, 'finish_reason')
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
  const inputTokens = numberAt(usage, 'prompt_tokens') ?? 0
  const outputTokens = numberAt(usage, 'completion_tokens') ?? 0
  const reasoningTokens = numberAt(objectAt(usage, 'completion_tokens_details'), 'reasoning_tokens')
  const cachedInputTokens =
    numberAt(objectAt(usage, 'prompt_tokens_details'), 'cached_tokens') ?? numberAt(usage, 'prompt_cache_hit_tokens')
  return defined({
    inputTokens,
    outputTokens,
    totalTokens: numberAt(usage, 'total_tokens') ?? inputTokens + outputTokens,
    reasoningTokens,
    cachedInputTokens,
  })
}
