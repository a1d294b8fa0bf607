import { openaiChat } from '../wire/openai-chat.ts'
import type { Provider } from './provider.ts'

/** DeepSeek. No prices: they depend on the hour. Browsers: not known whether its answers allow other origins. */
export const deepseek: Provider = {
  id: 'deepseek',
  name: 'DeepSeek',
  baseURL: 'https://api.deepseek.com',
  wire: openaiChat,
  models: [{ id: 'deepseek-v4-pro', name: 'DeepSeek V4 Pro' }],
  browserAccess: 'unknown',
}
