import { openaiChat } from '../wire/openai-chat.ts'
import type { Model, Provider } from './provider.ts'

export interface OpenAICompatibleOptions {
  /** Up to and without `/chat/completions`: `https://host/v1`, or `/v1` for the page's own origin. */
  readonly baseURL: string
  readonly id?: string
  readonly name?: string
  readonly models?: readonly Model[]
}

/** Any server that speaks OpenAI's Chat Completions: vLLM, LM Studio, a gateway, our proxy. */
export function openaiCompatible({ baseURL, id, name, models = [] }: OpenAICompatibleOptions): Provider {
  return { id: id ?? 'openai-compatible', name: name ?? 'OpenAI-compatible server', baseURL, wire: openaiChat, models }
}
