import { openaiResponses as wire } from '../wire/openai-responses.ts'
import { gptModels, openai } from './openai.ts'
import type { Provider } from './provider.ts'

/** OpenAI by its Responses API: reasoning summaries, and tools that OpenAI runs itself. */
export const openaiResponses: Provider = {
  ...openai,
  id: 'openai-responses',
  name: 'OpenAI (Responses)',
  wire,
  models: [
    {
      id: 'gpt-6.2-sol',
      name: 'GPT-6.2 Sol',
      price: {
        input: 2,
        cachedInput: 0.1,
        output: 10,
        longInput: { overTokens: 272_000, input: 4, cachedInput: 0.2, output: 15 },
        asOf: '2026-11-22',
        source: 'developers.openai.com/api/docs/models/gpt-6.2-sol',
      },
    },
    ...gptModels,
  ],
}
