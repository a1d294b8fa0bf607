// @vitest-environment jsdom
import { holysheep, type Provider } from '@millrace/core'
import { act, render, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { replyingChat, turn } from '../test-support/manual-chat.ts'
import { ChatProvider } from './chat-provider.tsx'
import { useMetrics, useThreadMetrics } from './use-metrics.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const price = { input: 1, output: 2, asOf: '2026-11-01', source: 'https://prices.test' }
const usage = { inputTokens: 100, outputTokens: 50, totalTokens: 150 }

async function setUp() {
  const provider = { ...holysheep, models: [{ id: 'test-model', name: 'Test', price }] }
  const { chat, provider: manual } = await replyingChat('Hel', { provider })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ChatProvider chat={{ store: chat }}>{children}</ChatProvider>
  )
  return { provider: manual, wrapper, id: chat.getState().messages.at(-1)?.id ?? '' }
}

it('estimates a reply while it grows, and has the count and the cost once the provider names them', async () => {
  const { provider, wrapper, id } = await setUp()
  const { result } = renderHook(() => useMetrics(id), { wrapper })
  expect(result.current).toMatchObject({ outputTokens: 1, isEstimate: true, cost: undefined })
  await act(async () => provider.say('x'.repeat(400)))
  await act(turn)
  expect(result.current).toMatchObject({ outputTokens: 101, isEstimate: true })
  await act(async () => {
    provider.emit({ type: 'usage', usage })
    provider.finish('stop')
  })
  await act(turn)
  expect(result.current).toMatchObject({ outputTokens: 50, isEstimate: false, cost: { total: 0.0002 } })
})

it('has the cost once the prices are known, also of a reply that is settled', async () => {
  const settled = { role: 'assistant', model: 'late', content: 'Hello', finishReason: 'stop', usage } as const
  const late = { id: 'late', name: 'Late', price }
  function Figures() {
    const chat = useMetrics('reply')?.cost?.total
    return `${chat} ${useThreadMetrics().cost.total}`
  }
  const figures = <Figures />
  function Holder({ models }: { models: Provider['models'] }) {
    const chat = useStreamingChat({
      messages: [{ id: 'reply', ...settled }],
      provider: { ...holysheep, models },
    })
    return <ChatProvider chat={chat}>{figures}</ChatProvider>
  }
  const { container, rerender } = render(<Holder models={[]} />)
  expect(container.textContent).toBe('undefined undefined')
  rerender(<Holder models={[late]} />)
  expect(container.textContent).toBe('0.0002 0.0002')
})

it('is undefined for a message that is not there', async () => {
  const { wrapper } = await setUp()
  expect(renderHook(() => useMetrics('nobody'), { wrapper }).result.current).toBeUndefined()
})

it('has the totals of the thread when a reply ends, and renders for none of its deltas', async () => {
  const { provider, wrapper } = await setUp()
  let renders = 0
  const { result } = renderHook(
    () => {
      renders++
      return useThreadMetrics()
    },
    { wrapper },
  )
  const before = renders
  for (let i = 0; i < 5; i++) {
    await act(async () => provider.say('x'))
    await act(turn)
  }
  expect(renders).toBe(before)
  expect(result.current.usage).toBeUndefined()
  await act(async () => {
    provider.emit({ type: 'usage', usage })
    provider.finish('stop')
  })
  await act(turn)
  expect(result.current).toMatchObject({ usage, cost: { total: 0.0002, uncounted: 0 } })
})
