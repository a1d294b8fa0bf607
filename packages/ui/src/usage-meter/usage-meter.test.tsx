// @vitest-environment jsdom
import { createMessage, holysheep } from '@millrace/core'
import type { ChatOptions } from '@millrace/hooks'
import { act, cleanup, render } from '@testing-library/react'
import { Profiler, type ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { ThreadUsage } from './thread-usage.tsx'
import { UsageMeter } from './usage-meter.tsx'

beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ['Date'] }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const usage = { inputTokens: 1_000, outputTokens: 500, totalTokens: 1_500 }
const timing = { startedAt: 0, firstTokenAt: 400, lastTokenAt: 2_400, writingMs: 2_000, endedAt: 2_400 }
const reply = (model: string) =>
  createMessage({ role: 'assistant', content: 'It turns.', model, finishReason: 'stop', usage, timing })

const answered = reply('gpt-4.1')
const meter = () => document.querySelector('.mr-meter')

function renderIn(options: ChatOptions, part: ReactNode) {
  const chat = createTestChat({ provider: holysheep, ...options })
  render(part, { wrapper: chat.wrapper })
  return chat
}

it('tells of a reply what it took and what it cost', () => {
  renderIn({ messages: [answered] }, <UsageMeter messageId={answered.id} />)
  expect(meter()?.textContent).toBe(
    [en.tokens(500), en.timeToFirst(400), en.tokensPerSecond(250), en.cost(0.012)].join(' · '),
  )
  expect(meter()?.hasAttribute('data-estimate')).toBe(false)
})

it('marks what it estimates until the provider has counted', async () => {
  const { store, provider, wrapper } = createTestChat({ provider: holysheep, model: 'gpt-4.1' })
  await act(async () => void store.sendMessage('Hi'))
  const id = store.getState().messages.at(-1)?.id ?? ''
  render(<UsageMeter messageId={id} />, { wrapper })
  await act(async () => provider.say('The wheel turns in the race.'))
  expect(meter()?.textContent).toContain(en.about(en.tokens(7)))
  expect(meter()?.hasAttribute('data-estimate')).toBe(true)
  await act(async () => {
    provider.emit({ type: 'usage', usage })
    provider.finish('stop')
  })
  expect(meter()?.textContent).toContain(en.tokens(500))
  expect(meter()?.textContent).toContain(en.cost(0.012))
  expect(meter()?.textContent).not.toContain('≈')
})

it('says nothing where nothing is known', () => {
  renderIn({}, <UsageMeter messageId="none" />)
  expect(meter()).toBeNull()
})

it('adds up the thread, and says at least how much where a price is not known', () => {
  renderIn({ messages: [answered, reply('gpt-4.1')] }, <ThreadUsage />)
  expect(meter()?.textContent).toBe(`${en.tokens(3_000)} · ${en.cost(0.024)}`)
  cleanup()
  renderIn({ messages: [answered, reply('unheard-of')] }, <ThreadUsage />)
  expect(meter()?.textContent).toBe(`${en.tokens(3_000)} · ${en.costAtLeast(0.012)}`)
})

it('does not render for the thread while a reply grows', async () => {
  const onRender = vi.fn()
  const { store, provider } = renderIn(
    { messages: [answered] },
    <Profiler id="usage" onRender={onRender}>
      <ThreadUsage />
    </Profiler>,
  )
  await act(async () => void store.sendMessage('Hi'))
  const before = onRender.mock.calls.length
  for (const word of ['The', ' wheel', ' turns']) await act(async () => provider.say(word))
  expect(onRender).toHaveBeenCalledTimes(before)
})

it('is in a chat that it was given to, from the first word on', async () => {
  const { store, provider } = createTestChat({ provider: holysheep, model: 'gpt-4.1' })
  render(<Chat chat={{ store }} meter={UsageMeter} />)
  await act(async () => void store.sendMessage('Hi'))
  await act(async () => provider.say('The wheel turns in the race.'))
  expect(meter()?.textContent).toContain(en.about(en.tokens(7)))
  await act(async () => {
    provider.emit({ type: 'usage', usage })
    provider.finish('stop')
  })
  expect(document.querySelectorAll('.mr-meter')).toHaveLength(1)
  expect(meter()?.textContent).toContain(en.cost(0.012))
})
