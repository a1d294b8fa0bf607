import type { Message, Part } from '@millrace/core'
import { expect, it } from 'vitest'
import { growsOnly } from './grows-only.ts'

const long = 'water '.repeat(100)
const text = (value: string, state: 'streaming' | 'done' = 'streaming'): Part => ({ type: 'text', text: value, state })
const thought: Part = { type: 'reasoning', text: 'Hm.', state: 'done' }
const reply = (parts: readonly Part[], more: Partial<Message> = {}): Message => ({
  id: 'a',
  role: 'assistant',
  parts,
  content: '',
  status: 'streaming',
  createdAt: 0,
  ...more,
})

it.each<[string, boolean, Message, Message]>([
  ['more text at the end', true, reply([thought, text(long)]), reply([thought, text(`${long}more`)])],
  ['the time of a token', true, reply([text(long)], { timing: { startedAt: 0 } }), reply([text(`${long}x`)])],
  ['a text that is short so far', false, reply([text('It')]), reply([text('It is')])],
  ['another part', false, reply([text(long)]), reply([text(long, 'done'), thought])],
  ['the end of the text', false, reply([text(long)]), reply([text(long, 'done')])],
  ['the end of the reply', false, reply([text(long)]), reply([text(long)], { status: 'done', finishReason: 'stop' })],
  [
    'usage',
    false,
    reply([text(long)]),
    reply([text(long)], { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } }),
  ],
  ['an earlier part', false, reply([thought, text(long)]), reply([{ ...thought, text: 'Hm!' }, text(long)])],
])('%s: growth alone is %s', (_, expected, before, after) => {
  expect(growsOnly(before, after)).toBe(expected)
})
