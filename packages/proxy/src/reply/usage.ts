import type { Usage } from '@millrace/core'
import type { TokenPrice } from '../options.ts'

/** The `usage` of a chat completion, or of the event of a stream that has it; nothing where it says none. */
export function readUsage(answer: unknown): Usage | undefined {
  const usage = objectIn(answer, 'usage')
  if (!usage) return undefined
  const inputTokens = numberIn(usage, 'prompt_tokens') ?? 0
  const outputTokens = numberIn(usage, 'completion_tokens') ?? 0
  const cachedInputTokens = numberIn(objectIn(usage, 'prompt_tokens_details'), 'cached_tokens')
  const reasoningTokens = numberIn(objectIn(usage, 'completion_tokens_details'), 'reasoning_tokens')
  return {
    inputTokens,
    outputTokens,
    totalTokens: numberIn(usage, 'total_tokens') ?? inputTokens + outputTokens,
    ...(cachedInputTokens !== undefined && { cachedInputTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
  }
}

/** In US dollars. */
export function costOfUsage(
  { inputTokens, outputTokens, cachedInputTokens = 0 }: Usage,
  { input, output, cachedInput = input }: TokenPrice,
): number {
  const cached = Math.min(cachedInputTokens, inputTokens)
  return ((inputTokens - cached) * input + cached * cachedInput + outputTokens * output) / 1_000_000
}

/** More than most texts have: three bytes a token is what languages without spaces need. */
export function estimateTokens(bytes: number): number {
  return Math.ceil(bytes / 3)
}

function objectIn(value: unknown, name: string): object | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof found === 'object' && found !== null ? found : undefined
}

function numberIn(value: object | undefined, name: string): number | undefined {
  const found: unknown = value && Reflect.get(value, name)
  return typeof found === 'number' ? found : undefined
}
