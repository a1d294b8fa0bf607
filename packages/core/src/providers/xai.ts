import { openaiChat } from '../wire/openai-chat.ts'
import type { Provider } from './provider.ts'

/** xAI. Browsers: its answers allow every origin. */
export const xai: Provider = {
  id: 'xai',
  name: 'xAI',
  baseURL: 'https://api.x.ai/v1',
  wire: openaiChat,
  models: [{ id: 'grok-4.5', name: 'Grok 4.5' }],
  browserAccess: 'yes',
}
