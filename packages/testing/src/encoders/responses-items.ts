import type { Usage } from '@millrace/core'

type Status = 'in_progress' | 'completed'

/** A message or a thought, as far as it is said. Each holds one part. */
export interface Spoken {
  readonly type: 'text-delta' | 'refusal-delta' | 'reasoning-delta'
  readonly index: number
  text: string
  readonly annotations: object[]
}

/** What the format calls what chunks of that type say. */
interface SpokenType {
  readonly idPrefix: string
  /** Of the part. */
  readonly partType: string
  /** The key of the text in a part that is whole. */
  readonly key: 'text' | 'refusal'
  /** The middle of the names of events: `response.<event>.delta`, `response.<part>.added`. */
  readonly event: string
  readonly part: string
  readonly place: 'content_index' | 'summary_index'
}

const message = { idPrefix: 'msg', part: 'content_part', place: 'content_index' } as const

export const spokenTypes: Readonly<Record<Spoken['type'], SpokenType>> = {
  'text-delta': { ...message, partType: 'output_text', key: 'text', event: 'output_text' },
  'refusal-delta': { ...message, partType: 'refusal', key: 'refusal', event: 'refusal' },
  'reasoning-delta': {
    idPrefix: 'rs',
    partType: 'summary_text',
    key: 'text',
    event: 'reasoning_summary_text',
    part: 'reasoning_summary_part',
    place: 'summary_index',
  },
}

/** An empty part has not begun, so its item has none. */
export function spokenItem(item: Spoken, status: Status): object {
  const id = `${spokenTypes[item.type].idPrefix}_${item.index}`
  const parts = status === 'completed' ? [spokenPart(item)] : []
  if (item.type === 'reasoning-delta') return { id, type: 'reasoning', summary: parts }
  return { id, type: 'message', status, role: 'assistant', content: parts }
}

export function spokenPart({ type, text, annotations }: Spoken): object {
  const { partType, key } = spokenTypes[type]
  return { type: partType, ...(type === 'text-delta' && { annotations: [...annotations], logprobs: [] }), [key]: text }
}

export interface Call {
  readonly index: number
  readonly toolCallId: string
  readonly toolName: string
  readonly providerExecuted: boolean
  argumentsText: string
}

export function callItem(call: Call, status: Status): object {
  const { index, toolCallId, toolName, providerExecuted, argumentsText } = call
  const written = { status, name: toolName, arguments: argumentsText }
  if (providerExecuted) return { id: toolCallId, type: 'mcp_call', server_label: 'fake', ...written }
  return { id: `fc_${index}`, type: 'function_call', call_id: toolCallId, ...written }
}

export function imageItem({ id, format }: { readonly id: string; readonly format: string }, status: Status): object {
  return { id, type: 'image_generation_call', status, output_format: format }
}

export function wireUsage(usage: Usage): object {
  const { inputTokens, outputTokens, totalTokens, reasoningTokens, cachedInputTokens } = usage
  return {
    input_tokens: inputTokens,
    ...(cachedInputTokens !== undefined && { input_tokens_details: { cached_tokens: cachedInputTokens } }),
    output_tokens: outputTokens,
    ...(reasoningTokens !== undefined && { output_tokens_details: { reasoning_tokens: reasoningTokens } }),
    total_tokens: totalTokens,
  }
}
