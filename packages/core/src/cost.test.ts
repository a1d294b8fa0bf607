import { describe, expect, it } from 'vitest'
import { costOf, findModel, messageCost, threadCost } from './cost.ts'
import { createMessage, type Usage } from './message.ts'
import { anthropic } from './providers/anthropic.ts'
import { holysheep } from './providers/holysheep.ts'
import type { Model, Price } from './providers/provider.ts'

const price: Price = { input: 2, cachedInput: 0.5, output: 8, asOf: '2026-06-21', source: 'a page' }
const models: readonly Model[] = [
  { id: 'm', name: 'M', price },
  { id: 'free', name: 'Free', price: { ...price, input: 0, cachedInput: 0, output: 0 } },
  { id: 'secret', name: 'Secret' },
]
const million: Usage = { inputTokens: 1_000_000, outputTokens: 1_000_000, totalTokens: 2_000_000 }

function reply(model?: string, usage?: Usage) {
  return createMessage({ role: 'assistant', ...(model && { model }), ...(usage && { usage }) })
}

describe('the cost of usage', () => {
  it('is that of input and output, with the day and the source of the price', () => {
    expect(costOf(million, price)).toEqual({
      currency: 'USD',
      total: 10,
      input: 2,
      output: 8,
      asOf: '2026-06-21',
      source: 'a page',
    })
  })

  it('counts cached input at its own rate, and once', () => {
    const usage = { ...million, cachedInputTokens: 500_000 }
    expect(costOf(usage, price)).toMatchObject({ input: 1, cachedInput: 0.25, output: 8, total: 9.25 })
  })

  it('counts cached input as any other where it has no rate', () => {
    const { cachedInput: _, ...plain } = price
    expect(costOf({ ...million, cachedInputTokens: 400_000 }, plain).total).toBe(10)
  })

  it.each([
    ['where the price says so', { ...price, cachedInputIsApart: true }, 1_000_000],
    ['where there is more of it than input', price, 2_000_000],
  ])('adds cached input to the rest %s', (_, given, cachedInputTokens) => {
    const cost = costOf({ ...million, cachedInputTokens }, given)
    expect(cost).toMatchObject({ input: 2, cachedInput: cachedInputTokens / 2_000_000 })
  })

  it('takes reasoning for part of the output, as OpenAI counts', () => {
    expect(costOf({ ...million, reasoningTokens: 900_000 }, price).output).toBe(8)
  })

  it('adds reasoning where the total says that it is apart, as Gemini and xAI count', () => {
    const usage = { ...million, reasoningTokens: 500_000, totalTokens: 2_500_000 }
    expect(costOf(usage, price).output).toBe(12)
  })

  it('never bills more reasoning than there was, whatever else the total holds', () => {
    expect(costOf({ ...million, totalTokens: 9_000_000 }, price).output).toBe(8)
    expect(costOf({ ...million, reasoningTokens: 500_000, totalTokens: 9_000_000 }, price).output).toBe(12)
  })

  it('takes the rates of a long input for the whole request', () => {
    const longInput = { overTokens: 272_000, input: 4, cachedInput: 1, output: 12 }
    const usage = { inputTokens: 300_000, cachedInputTokens: 100_000, outputTokens: 1_000_000, totalTokens: 1_300_000 }
    expect(costOf(usage, { ...price, longInput })).toMatchObject({ input: 0.8, cachedInput: 0.1, output: 12 })
    expect(costOf({ ...usage, inputTokens: 272_000 }, { ...price, longInput }).output).toBe(8)
  })
})

describe('the cost of a message', () => {
  it('is found by its model', () => {
    expect(messageCost(reply('gpt-4.1', million), holysheep)?.total).toBe(16)
  })

  it('is found by the alias of its dated snapshot', () => {
    expect(messageCost(reply('m-2025-04-14', million), models)?.total).toBe(10)
    expect(messageCost(reply('claude-sonnet-5-5-20260928', million), anthropic)?.total).toBe(12)
    expect(findModel(models, 'm-pro')).toBeUndefined()
  })

  it('is 0 only where the price is 0', () => {
    expect(messageCost(reply('free', million), models)?.total).toBe(0)
  })

  it.each([
    ['the price', reply('secret', million)],
    ['the model', reply('other', million)],
    ['which model it was', reply(undefined, million)],
    ['the usage', reply('m')],
  ])('is undefined where nobody knows %s', (_, message) => {
    expect(messageCost(message, models)).toBeUndefined()
  })

  it('is undefined once the price no longer holds', () => {
    const offer = [{ id: 'm', name: 'M', price: { ...price, until: '2026-12-31' } }]
    const at = (day: string) => ({ ...reply('m', million), createdAt: Date.parse(day) })
    expect(messageCost(at('2026-12-31T23:00:00Z'), offer)?.total).toBe(10)
    expect(messageCost(at('2027-01-01T00:00:00Z'), offer)).toBeUndefined()
  })
})

describe('the cost of a thread', () => {
  it('adds up its replies, and says what it lacks', () => {
    const question = createMessage({ role: 'user', content: 'Hi' })
    const replies = [reply('m', million), reply('secret', million), reply('secret', million), reply('m')]
    expect(threadCost([question, ...replies, reply('m', million)], models)).toEqual({
      currency: 'USD',
      total: 20,
      unpriced: ['secret'],
      uncounted: 1,
      prices: [{ asOf: '2026-06-21', source: 'a page' }],
    })
  })

  it('is unknown, not 0, where no reply has a price', () => {
    expect(threadCost([reply('secret', million)], models)).toMatchObject({ total: undefined, unpriced: ['secret'] })
  })

  it('is 0 before the first reply is done', () => {
    const streaming = createMessage({ role: 'assistant', status: 'streaming' })
    expect(threadCost([streaming], models)).toMatchObject({ total: 0, unpriced: [], uncounted: 0 })
  })
})
