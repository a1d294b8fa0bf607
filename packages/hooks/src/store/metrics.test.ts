import {
  createMessage,
  createThread,
  holysheep,
  type Message,
  type MessageInit,
  type Provider,
  reopenMessage,
  type Usage,
} from '@millrace/core'
import { describe, expect, it } from 'vitest'
import { messageMetrics, threadMetrics } from './metrics.ts'

const price = { input: 1, output: 2, asOf: '2026-11-01', source: 'https://prices.test' }
const provider: Provider = { ...holysheep, models: [{ id: 'm', name: 'M', price }] }
const usage: Usage = { inputTokens: 100, outputTokens: 50, totalTokens: 150 }
const timing = {
  startedAt: 1000,
  firstTokenAt: 1300,
  lastTokenAt: 2300,
  writingMs: 1000,
  longestGapMs: 120,
  endedAt: 2310,
}

function reply(init: Partial<MessageInit> = {}): Message {
  return createMessage({
    role: 'assistant',
    model: 'm',
    content: 'x'.repeat(400),
    finishReason: 'stop',
    timing,
    usage,
    ...init,
  })
}

function withoutUsage(init: Partial<MessageInit> = {}): Message {
  const { usage: _usage, ...message } = reply(init)
  return message
}

it('tells of a reply that ended what it took', () => {
  expect(messageMetrics(reply(), provider)).toEqual({
    timeToFirstTokenMs: 300,
    durationMs: 1310,
    longestGapMs: 120,
    outputTokens: 50,
    isEstimate: false,
    tokensPerSecond: 50,
    usage,
    cost: expect.objectContaining({ total: 0.0002 }),
  })
})

it('estimates while a reply is on its way', () => {
  const { endedAt: _endedAt, ...running } = timing
  const message = withoutUsage({ status: 'streaming', timing: running })
  expect(messageMetrics(message, provider)).toMatchObject({
    durationMs: 1300,
    outputTokens: 100,
    tokensPerSecond: 100,
    isEstimate: true,
    cost: undefined,
  })
})

it('takes no count for final that came before the end, as some providers name one at the start', () => {
  const early = { inputTokens: 100, outputTokens: 1, totalTokens: 101 }
  const message = reply({ status: 'streaming', usage: early })
  expect(messageMetrics(message, provider)).toMatchObject({ outputTokens: 100, isEstimate: true, cost: undefined })
})

it.each(['aborted', 'incomplete', 'error'] as const)(
  'estimates what was written before a reply ended as %s',
  (finishReason) => {
    expect(messageMetrics(withoutUsage({ finishReason }), provider)).toMatchObject({
      outputTokens: 100,
      isEstimate: true,
    })
  },
)

it('says that it estimates where the provider gives no count at all', () => {
  expect(messageMetrics(withoutUsage(), provider)).toMatchObject({ outputTokens: 100, isEstimate: true })
})

it('knows nothing of a message by a user', () => {
  const message = createMessage({ role: 'user', content: 'Hi' })
  expect(messageMetrics(message, provider)).toMatchObject({ outputTokens: undefined, isEstimate: false })
})

describe('tokens per second', () => {
  it('are unknown for a reply that came in one piece', () => {
    const message = reply({ timing: { ...timing, writingMs: 0 } })
    expect(messageMetrics(message, provider).tokensPerSecond).toBeUndefined()
  })

  it('leave out thoughts that were not shown', () => {
    const message = reply({ usage: { ...usage, reasoningTokens: 40 } })
    expect(messageMetrics(message, provider).tokensPerSecond).toBe(10)
  })

  it('hold thoughts that were shown, also where the provider counts them beside the output', () => {
    const parts = [{ type: 'reasoning', text: 'Hm', state: 'done' } as const]
    const within = reply({ parts, usage: { ...usage, reasoningTokens: 40 } })
    const beside = reply({ parts, usage: { ...usage, totalTokens: 190, reasoningTokens: 40 } })
    expect(messageMetrics(within, provider).tokensPerSecond).toBe(50)
    expect(messageMetrics(beside, provider).tokensPerSecond).toBe(90)
  })
})

it('adds up a thread with all its branches, and names what it could not count', () => {
  const [hidden, shown, stopped] = [reply(), reply(), withoutUsage({ finishReason: 'aborted' })]
  const thread = createThread([shown, stopped])
  const fork = { ids: [hidden.id, shown.id], tails: [[hidden], []], shown: 1 }
  expect(threadMetrics({ ...thread, forks: new Map([['', fork]]) }, provider)).toMatchObject({
    usage: { inputTokens: 200, outputTokens: 100, totalTokens: 300 },
    cost: { total: 0.0004, uncounted: 1 },
  })
})

describe('a reply that was stopped before it was counted, and then went on', () => {
  const stopped = withoutUsage({ finishReason: 'aborted' })
  const ended = { ...reopenMessage(stopped), status: 'done', finishReason: 'stop', usage } as const

  it('has used at least what was counted, so that is an estimate, and has no cost', () => {
    expect(messageMetrics(ended, provider)).toMatchObject({
      isEstimate: true,
      outputTokens: 100,
      cost: undefined,
      usage,
    })
  })

  it('is one that the cost of the thread lacks something of', () => {
    const { cost } = threadMetrics(createThread([ended, reply()]), provider)
    expect(cost).toMatchObject({ uncounted: 1, unpriced: [] })
  })

  it('is counted where each of its requests was', () => {
    const cut = reply({ finishReason: 'length' })
    expect(messageMetrics({ ...cut, ...reopenMessage(cut), status: 'done' }, provider).isEstimate).toBe(false)
  })
})
