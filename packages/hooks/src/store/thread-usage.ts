import type { Message, Usage } from '@millrace/core'

/** What the messages have used together, as far as providers said; undefined where none did. */
export function threadUsage(messages: readonly Pick<Message, 'usage'>[]): Usage | undefined {
  let total: Record<string, number> | undefined
  for (const { usage } of messages) {
    for (const [kind, tokens] of Object.entries(usage ?? {})) {
      total ??= { inputTokens: 0, outputTokens: 0, totalTokens: 0 }
      total[kind] = (total[kind] ?? 0) + tokens
    }
  }
  return total as Usage | undefined // it starts as one, and only gains counts
}
