import { type ChatError, type Chunk, encodeSse, type FinishReason, type Usage } from '@millrace/core'
import { fileUrl } from './files.ts'
import { joinedText, partsOf, wholeMessage } from './whole-message.ts'
import type { EncoderOptions, ReasoningField, WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * OpenAI's Chat Completions. Reading what it writes gives the same chunks back, where they come in the order a reader
 * gives them: `usage`, each `tool-call-end`, `message-end`.
 *
 * Does not travel: the id of a source, the name of a file, that the provider runs a call, what that returned, and of an
 * error all but its message and codes.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const openaiChatEncoding: WireEncoding = {
  name: 'openai-chat',
  contentType: 'text/event-stream; charset=utf-8',
  malformedEvent: 'data: {"choices":[{"delta":{"cont\n\n',
  createEncoder,
  encodeWhole,
}

const finishReasons: Readonly<Partial<Record<FinishReason, string>>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  error: 'error',
}

function createEncoder({ created = 0, reasoningField = 'reasoning_content' }: EncoderOptions = {}): WireEncoder {
  const callIndexes = new Map<string, number>()
  let responseId: string | undefined
  let model: string | undefined
  // OpenAI reports usage after the finish reason, so what comes next decides where it goes.
  let heldUsage: Usage | undefined
  let failed = false
  let terminated = false

  function event(payload: object): string {
    const head = {
      ...(responseId && { id: responseId }),
      object: 'chat.completion.chunk',
      created,
      ...(model && { model }),
    }
    return encodeSse({ data: JSON.stringify({ ...head, ...payload }) })
  }

  function delta(content: object, finishReason: string | null = null): string {
    return event({ choices: [{ index: 0, delta: content, logprobs: null, finish_reason: finishReason }] })
  }

  function takeUsage(): string[] {
    const taken = heldUsage ? [event({ choices: [], usage: wireUsage(heldUsage) })] : []
    heldUsage = undefined
    return taken
  }

  function callDelta(toolCallId: string, call: object): string {
    const index = callIndexes.get(toolCallId) ?? callIndexes.size
    callIndexes.set(toolCallId, index)
    return delta({ tool_calls: [{ index, ...call }] })
  }

  function finish(finishReason: FinishReason): string[] {
    terminated = finishReason !== 'incomplete' && finishReason !== 'aborted'
    const reason = failed ? undefined : finishReasons[finishReason]
    return reason ? [delta({}, reason)] : []
  }

  function write(
    chunk: Exclude<Chunk, { type: 'tool-call-end' | 'tool-call-output' | 'data' | 'usage' | 'message-end' }>,
  ): string {
    switch (chunk.type) {
      case 'message-start':
        responseId = chunk.responseId ?? responseId
        model = chunk.model ?? model
        return delta({ role: 'assistant', content: '', refusal: null })
      case 'text-delta':
        return delta({ content: chunk.text })
      case 'reasoning-delta':
        return delta(reasoningDelta(reasoningField, chunk.text, chunk.signature))
      case 'refusal-delta':
        return delta({ refusal: chunk.text })
      case 'tool-call-start': {
        const named = { name: chunk.toolName, arguments: '' }
        return callDelta(chunk.toolCallId, { id: chunk.toolCallId, type: 'function', function: named })
      }
      case 'tool-call-delta':
        return callDelta(chunk.toolCallId, { function: { arguments: chunk.argumentsText } })
      case 'source':
        return delta({ annotations: [annotation(chunk)] })
      case 'file':
        return delta({ images: [{ type: 'image_url', image_url: { url: fileUrl(chunk) } }] })
      case 'error':
        failed = true
        return encodeSse({ data: JSON.stringify({ error: wireError(chunk.error) }) })
    }
  }

  return {
    push(chunk) {
      switch (chunk.type) {
        // Readers say this between the usage and the end.
        case 'tool-call-end':
        // The server keeps it to itself.
        case 'tool-call-output':
        // It has no place for it.
        case 'data':
          return []
        case 'usage': {
          const earlier = takeUsage()
          heldUsage = chunk.usage
          return earlier
        }
        case 'message-end':
          return [...finish(chunk.finishReason), ...takeUsage()]
        default:
          return [...takeUsage(), write(chunk)]
      }
    },
    end: () => [...takeUsage(), ...(terminated ? [encodeSse({ data: '[DONE]' })] : [])],
  }
}

function encodeWhole(
  chunks: readonly Chunk[],
  { created = 0, reasoningField = 'reasoning_content' }: EncoderOptions = {},
): object {
  const message = wholeMessage(chunks)
  const reasoning = joinedText(message, 'reasoning')
  const refusal = joinedText(message, 'refusal')
  const calls = partsOf(message, 'tool-call')
  const sources = partsOf(message, 'source')
  const toolCalls = calls.map(({ toolCallId, toolName, argumentsText }) => ({
    id: toolCallId,
    type: 'function',
    function: { name: toolName, arguments: argumentsText },
  }))
  return {
    id: message.metadata?.responseId,
    object: 'chat.completion',
    created,
    model: message.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: message.content || null,
          refusal: refusal || null,
          ...(reasoning && reasoningDelta(reasoningField, reasoning)),
          ...(calls.length > 0 && { tool_calls: toolCalls }),
          ...(sources.length > 0 && { annotations: sources.map(annotation) }),
        },
        logprobs: null,
        finish_reason: finishReasons[message.finishReason ?? 'unknown'] ?? null,
      },
    ],
    ...(message.usage && { usage: wireUsage(message.usage) }),
  }
}

function reasoningDelta(field: ReasoningField, text: string, signature?: string): object {
  if (field === 'reasoning_details') {
    return { reasoning_details: [{ type: 'reasoning.text', text, ...(signature && { signature }) }] }
  }
  // Only the details have room for a signature.
  const details = { reasoning_details: [{ type: 'reasoning.encrypted', signature }] }
  return { [field]: text, ...(signature && details) }
}

function annotation({ url, title }: { readonly url: string; readonly title?: string }): object {
  return { type: 'url_citation', url_citation: { url, ...(title && { title }) } }
}

function wireUsage({ inputTokens, outputTokens, totalTokens, reasoningTokens, cachedInputTokens }: Usage): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
    ...(cachedInputTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedInputTokens } }),
    ...(reasoningTokens !== undefined && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  }
}

function wireError({ message, code, providerCode, status }: ChatError): object {
  // A gateway's number stands alone: readers take the type for the better code.
  const number = Number(providerCode)
  const named = number ? { code: number } : { type: code, param: null, code: providerCode ?? code }
  return { message, ...named, ...(status !== undefined && { status_code: status }) }
}
