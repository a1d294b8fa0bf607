import { openaiChat } from '../wire/openai-chat.ts'
import { requestWithPrefix } from '../wire/prefix.ts'
import type { Provider } from './provider.ts'

const baseURL = 'https://api.deepseek.com'

/** DeepSeek. No prices: they depend on the hour. Browsers: not known whether its answers allow other origins. */
export const deepseek: Provider = {
  id: 'deepseek',
  name: 'DeepSeek',
  baseURL,
  wire: {
    ...openaiChat,
    // Only its beta takes the beginning of a reply, and what stands before another address is not known.
    request: (request, target) =>
      request.continueLast && target.baseURL.replace(/\/v1$/, '') === baseURL
        ? requestWithPrefix(request, { ...target, baseURL: `${baseURL}/beta` })
        : openaiChat.request(request, target),
  },
  models: [{ id: 'deepseek-v4-pro', name: 'DeepSeek V4 Pro' }],
  browserAccess: 'unknown',
  billingURL: 'https://platform.deepseek.com/top_up',
}
