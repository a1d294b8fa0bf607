import type { Environment } from './context.ts'

/** Goes before the variables of the providers. */
export const anyProviderVariable = 'MILLRACE_API_KEY'

// Where the name is not that of the provider.
const special: Readonly<Record<string, readonly string[]>> = {
  'openai-responses': ['OPENAI_API_KEY'],
  gemini: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  together: ['TOGETHER_API_KEY', 'TOGETHERAI_API_KEY'],
  perplexity: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
}

/** The variables a provider's key is looked for in: `OPENAI_API_KEY` for `openai`. */
export function keyVariables(providerId: string): readonly string[] {
  return special[providerId] ?? [`${providerId.toUpperCase().replace(/\W/g, '_')}_API_KEY`]
}

/** The first of the variables that holds something. A key read from a file often ends in a line break. */
export function readKey(env: Environment, variables: readonly string[]): string | undefined {
  return variables.map((name) => env[name]?.trim()).find(Boolean)
}
