import { openaiChat } from '../wire/openai-chat.ts'
import type { Provider } from './provider.ts'

/** Together AI. `listModels` tells its models and their prices. Browsers: its answers allow every origin. */
export const together: Provider = {
  id: 'together',
  name: 'Together AI',
  baseURL: 'https://api.together.xyz/v1',
  wire: openaiChat,
  models: [],
  browserAccess: 'yes',
}
