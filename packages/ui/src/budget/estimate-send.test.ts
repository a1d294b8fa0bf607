import { createMessage, type Model } from '@millrace/core'
import { describe, expect, it } from 'vitest'
import { estimateReply, estimateSend } from './estimate-send.ts'

const models: readonly Model[] = [
  { id: 'priced', name: 'Priced', price: { input: 10, output: 100, asOf: '2026-01-01', source: 'test' } },
  { id: 'old', name: 'Old', price: { input: 1, output: 1, asOf: '2026-01-01', source: 'test', until: '2026-01-02' } },
]
const sending = { text: '', files: [], system: undefined, messages: [], model: 'priced', models }
const question = createMessage({ role: 'user', content: 'x'.repeat(400) })
const answer = (outputTokens: number) =>
  createMessage({
    role: 'assistant',
    content: 'y'.repeat(40),
    status: 'done',
    usage: { inputTokens: 100, outputTokens, totalTokens: 100 + outputTokens },
  })

describe('the estimate of what is sent', () => {
  it('counts the text with all that was said before', () => {
    expect(estimateSend({ ...sending, text: 'z'.repeat(80) }).inputTokens).toBe(20)
    const messages = [question, answer(7)]
    expect(estimateSend({ ...sending, text: 'z'.repeat(80), system: 'w'.repeat(4), messages }).inputTokens).toBe(131)
  })

  it('counts texts by their size, and what else is attached as pictures', () => {
    const files = [
      { type: 'text/csv', size: 4_000 },
      { type: 'image/png', size: 5_000_000 },
    ]
    expect(estimateSend({ ...sending, files }).inputTokens).toBe(2_000)
  })

  it('takes the answer to be as long as those before', () => {
    expect(estimateSend({ ...sending, messages: [question, answer(10), question, answer(31)] }).outputTokens).toBe(21)
    expect(estimateSend(sending).outputTokens).toBe(400)
  })

  it('costs what both cost', () => {
    const messages = [question, answer(50)]
    expect(estimateSend({ ...sending, text: 'z'.repeat(360), messages }).cost?.total).toBeCloseTo(
      (200 * 10 + 50 * 100) / 1e6,
    )
  })

  it('costs nothing that is known where the price is not, or no longer', () => {
    expect(estimateSend({ ...sending, model: 'other' }).cost).toBeUndefined()
    expect(estimateSend({ ...sending, model: 'old' }).cost).toBeUndefined()
  })
})

it('a reply without a count costs what it says after what was said before', () => {
  const stopped = createMessage({ role: 'assistant', model: 'priced', content: 'y'.repeat(40), status: 'done' })
  expect(estimateReply(stopped, [question], models)?.total).toBeCloseTo((100 * 10 + 10 * 100) / 1e6)
})
