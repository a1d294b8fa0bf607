import { anthropic } from './anthropic.ts'
import { deepseek } from './deepseek.ts'
import { gemini } from './gemini.ts'
import { groq } from './groq.ts'
import { holysheep } from './holysheep.ts'
import { lmstudio } from './lmstudio.ts'
import { mistral } from './mistral.ts'
import { ollama } from './ollama.ts'
import { openai } from './openai.ts'
import { openaiResponses } from './openai-responses.ts'
import { openrouter } from './openrouter.ts'
import { perplexity } from './perplexity.ts'
import type { Provider } from './provider.ts'
import { together } from './together.ts'
import { vllm } from './vllm.ts'
import { xai } from './xai.ts'

/** Every provider that needs no options. Only for those who read names: whoever imports this pays for all of them. */
export const providers: readonly Provider[] = [
  ...[holysheep, openai, openaiResponses, anthropic, gemini, deepseek, groq, mistral, xai],
  ...[openrouter, together, perplexity, ollama, lmstudio, vllm],
]

/** The provider of that id, where there is one. */
export function providerById(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id)
}
