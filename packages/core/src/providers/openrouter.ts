import { openaiChat } from '../wire/openai-chat.ts'
import { openaiModelsEndpoint } from './openai-models-endpoint.ts'
import type { Provider } from './provider.ts'

/** OpenRouter, a gateway to many providers. `listModels` tells its prices. Browsers: its answers allow every origin. */
export const openrouter: Provider = {
  id: 'openrouter',
  name: 'OpenRouter',
  baseURL: 'https://openrouter.ai/api/v1',
  wire: openaiChat,
  models: [{ id: 'openrouter/auto', name: 'Auto Router' }],
  browserAccess: 'yes',
  billingURL: 'https://openrouter.ai/settings/credits',
  // Everyone may read its list, so a key is proved by what it says of itself.
  modelsEndpoint: { ...openaiModelsEndpoint, keyURL: (baseURL) => `${baseURL}/key` },
}
