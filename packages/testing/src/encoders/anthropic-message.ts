import type { Chunk, FinishReason, Part, Usage } from '@millrace/core'
import { isObject } from '../json.ts'
import { callInput } from './whole-calls.ts'
import { wholeMessage } from './whole-message.ts'

/** Marks the signature of a thought whose text is kept secret, as core's reader does. */
export const redactedPrefix = 'redacted:'

/** A reason that is missing here has no spelling. */
export const stopReasons: Readonly<Partial<Record<FinishReason, string>>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
}

/** A message as an answer without a stream has it. */
export function encodeWholeMessage(chunks: readonly Chunk[]): object {
  const { metadata, model, parts, finishReason = 'unknown', usage } = wholeMessage(chunks)
  return {
    id: metadata?.responseId,
    type: 'message',
    role: 'assistant',
    model,
    content: parts.flatMap(toBlocks),
    stop_reason: stopReasons[finishReason] ?? null,
    stop_sequence: null,
    ...(usage && { usage: wireUsage(usage) }),
  }
}

function toBlocks(part: Part): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: part.text }]
    case 'reasoning': {
      const { text, signature = '' } = part
      if (!signature.startsWith(redactedPrefix)) return [{ type: 'thinking', thinking: text, signature }]
      return [{ type: 'redacted_thinking', data: signature.slice(redactedPrefix.length) }]
    }
    case 'tool-call': {
      const input = callInput(part)
      const type = part.providerExecuted ? 'server_tool_use' : 'tool_use'
      return [{ type, id: part.toolCallId, name: part.toolName, input: isObject(input) ? input : {} }]
    }
    case 'source':
      return [{ type: 'text', text: '', citations: [citation(part)] }]
    default:
      return []
  }
}

/** A page that a text refers to. */
export function citation({ url, title }: { readonly url: string; readonly title?: string }): object {
  return { type: 'web_search_result_location', url, title: title ?? null, cited_text: '', encrypted_index: '' }
}

/** What counts is the sum so far, not what came with this event. */
export function wireUsage({ inputTokens, outputTokens, cachedInputTokens }: Usage): object {
  return {
    input_tokens: inputTokens,
    ...(cachedInputTokens !== undefined && { cache_read_input_tokens: cachedInputTokens }),
    output_tokens: outputTokens,
  }
}
