import { openaiChat } from '../wire/openai-chat.ts'
import { requestWithPrefix } from '../wire/prefix.ts'
import type { Provider } from './provider.ts'

/** vLLM on this machine. `listModels` tells what it serves. Browsers: every origin, unless `--allowed-origins` says less. */
export const vllm: Provider = {
  id: 'vllm',
  name: 'vLLM',
  baseURL: 'http://localhost:8000/v1',
  wire: {
    ...openaiChat,
    request: (request, target) =>
      requestWithPrefix(request, target, { continue_final_message: true, add_generation_prompt: false }),
  },
  models: [],
  browserAccess: 'yes',
}
