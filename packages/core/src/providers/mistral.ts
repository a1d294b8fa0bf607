import { openaiChat } from '../wire/openai-chat.ts'
import { requestWithPrefix } from '../wire/prefix.ts'
import type { Provider } from './provider.ts'

/** Mistral AI. Browsers: its answers allow every origin, but not every header. */
export const mistral: Provider = {
  id: 'mistral',
  name: 'Mistral AI',
  baseURL: 'https://api.mistral.ai/v1',
  wire: {
    ...openaiChat,
    // It refuses fields it does not know, this one among them, and tells the usage without being asked.
    request: (request, target) =>
      requestWithPrefix({ ...request, body: { stream_options: undefined, ...request.body } }, target),
  },
  models: [
    { id: 'mistral-large-latest', name: 'Mistral Large' },
    { id: 'mistral-small-latest', name: 'Mistral Small' },
  ],
  browserAccess: 'yes',
}
