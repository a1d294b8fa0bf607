import type { Message, Usage } from '@millrace/core'

/** What the messages have used together, as far as providers said; undefined where none did. */
export function threadUsage(messages: readonly Pick<Message, 'usage'>[]): Usage | undefined {
  return messages.reduce<Usage | undefined>((sum, { usage }) => (usage ? addUsage(sum, usage) : sum), undefined)
}

/** What both have used together. */
export function addUsage(sum: Usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 }, usage: Usage): Usage {
  const total: Record<string, number> = { ...sum }
  for (const [kind, tokens] of Object.entries(usage)) total[kind] = (total[kind] ?? 0) + tokens
  return total as unknown as Usage // it starts as one, and only gains counts
}
