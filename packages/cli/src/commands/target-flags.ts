import type { FlagParametersForType } from '@stricli/core'
import type { Context } from '../context.ts'
import type { TargetFlags } from '../target.ts'

/** The options that say who is asked. */
export const targetFlags: FlagParametersForType<TargetFlags, Context> = {
  provider: {
    kind: 'parsed',
    parse: String,
    optional: true,
    placeholder: 'id',
    brief: 'Who answers: holysheep, openai, anthropic, gemini, ollama … Default: whose key is there',
  },
  baseUrl: {
    kind: 'parsed',
    parse: String,
    optional: true,
    placeholder: 'url',
    brief: 'Another address, like http://localhost:8000/v1. Default: MILLRACE_BASE_URL, else the provider’s own',
  },
  apiKeyEnv: {
    kind: 'parsed',
    parse: String,
    optional: true,
    placeholder: 'NAME',
    brief: 'The variable that holds the key. Default: MILLRACE_API_KEY, else HOLYSHEEP_API_KEY, OPENAI_API_KEY …',
  },
}
