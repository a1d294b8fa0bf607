import { openaiResponses } from '../wire/openai-responses.ts'
import type { Provider } from './provider.ts'

/**
 * Perplexity by its Agent API, which speaks OpenAI's Responses: its Chat Completions ended on 2026-09-27. Browsers: its
 * answers allow every origin.
 */
export const perplexity: Provider = {
  id: 'perplexity',
  name: 'Perplexity',
  baseURL: 'https://api.perplexity.ai/v1',
  wire: openaiResponses,
  models: [{ id: 'perplexity/sonar', name: 'Sonar' }],
  browserAccess: 'yes',
}
