import { createMessage, holysheep, type MessageInit } from '@millrace/core'
import { expect, it } from 'vitest'
import { dollars, summarize } from './summary.ts'

const usage = { inputTokens: 1200, outputTokens: 300, totalTokens: 1500 }
const timing = { startedAt: 1000, firstTokenAt: 1350, lastTokenAt: 3350, endedAt: 3400 }

function line(init: Partial<MessageInit>): string {
  const message = createMessage({ role: 'assistant', finishReason: 'stop', model: 'gpt-4.1', usage, timing, ...init })
  return summarize(message, holysheep)
}

it('tells tokens, time to the first, speed and cost', () => {
  expect(line({})).toBe('gpt-4.1 · tokens 1,200 in, 300 out · first token after 0.35 s · 150 tokens/s · $0.012')
})

it('tells how many of the tokens were cached or spent on thinking', () => {
  const counted = { ...usage, cachedInputTokens: 200, reasoningTokens: 40 }
  expect(line({ usage: counted })).toContain('tokens 1,200 in (200 cached), 300 out (40 reasoning)')
})

it('says that a price is unknown, never that it is 0', () => {
  expect(line({ model: 'gpt-99' })).toMatch(/· price unknown$/)
})

it('says that the tokens are unknown', () => {
  const { usage: _usage, ...rest } = createMessage({ role: 'assistant', model: 'gpt-4.1', timing })
  expect(summarize(rest, holysheep)).toBe('gpt-4.1 · tokens unknown · first token after 0.35 s · cost unknown')
})

it('tells no speed where all came at once', () => {
  expect(line({ timing: { ...timing, lastTokenAt: 1350 } })).not.toContain('tokens/s')
})

it.each([
  ['length', 'cut at the length limit'],
  ['aborted', 'stopped'],
  ['incomplete', 'unfinished'],
  ['content-filter', 'withheld by the provider'],
] as const)('starts with how the reply ended: %s', (finishReason, words) => {
  expect(line({ finishReason })).toMatch(new RegExp(`^${words} · `))
})

it.each([
  [0.0000042, '$0.0000042'],
  [0.012345, '$0.0123'],
  [1.5, '$1.5'],
  [1234.5, '$1,235'],
])('writes %d as %s', (amount, expected) => {
  expect(dollars(amount)).toBe(expected)
})
