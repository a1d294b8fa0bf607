import { openaiChat } from '../wire/openai-chat.ts'
import type { Provider } from './provider.ts'

/** LM Studio on this machine. `listModels` tells what is loaded. Browsers: once it runs with CORS, `--cors`. */
export const lmstudio: Provider = {
  id: 'lmstudio',
  name: 'LM Studio',
  baseURL: 'http://localhost:1234/v1',
  wire: openaiChat,
  models: [],
  browserAccess: 'no',
}
