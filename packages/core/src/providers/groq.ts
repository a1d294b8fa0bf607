import { openaiChat } from '../wire/openai-chat.ts'
import type { Provider } from './provider.ts'

/** Groq. Browsers: not known whether its answers allow other origins. */
export const groq: Provider = {
  id: 'groq',
  name: 'Groq',
  baseURL: 'https://api.groq.com/openai/v1',
  wire: openaiChat,
  models: [{ id: 'openai/gpt-oss-120b', name: 'GPT-OSS 120B' }],
  browserAccess: 'unknown',
  billingURL: 'https://console.groq.com/settings/billing',
}
