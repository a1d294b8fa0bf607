import { openaiChat } from '../wire/openai-chat.ts'
import type { Model, Price, Provider } from './provider.ts'

const read: Pick<Price, 'asOf' | 'source'> = {
  asOf: '2026-06-21',
  source: 'openai.com/api/pricing, as kept by tokenmath.io',
}

/** The models that both of OpenAI's APIs serve. */
export const gptModels: readonly Model[] = [
  { id: 'gpt-4.1', name: 'GPT-4.1', price: { input: 2, cachedInput: 0.5, output: 8, ...read } },
  { id: 'gpt-4.1-mini', name: 'GPT-4.1 mini', price: { input: 0.4, cachedInput: 0.1, output: 1.6, ...read } },
]

/** OpenAI by Chat Completions. Browsers: its answers allow every origin. */
export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  baseURL: 'https://api.openai.com/v1',
  wire: openaiChat,
  models: gptModels,
  browserAccess: 'yes',
  billingURL: 'https://platform.openai.com/settings/organization/billing/overview',
}
