// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'
import { ChatProvider } from './chat-provider.tsx'
import { useBranches, useChatStatus, useMessage, useMessageIds } from './use-chat-selectors.ts'
import { useIsOnline } from './use-is-online.ts'
import { useMetrics, useThreadMetrics } from './use-metrics.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  vi.spyOn(console, 'error')
})
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  vi.useRealTimers()
  document.body.innerHTML = ''
})

const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 }
const saved: ChatOptions['messages'] = [
  { id: 'u', role: 'user', content: 'Hi' },
  { id: 'a', role: 'assistant', content: 'Hello', model: 'm', usage, finishReason: 'stop' },
]

function Row({ id }: { id: string }) {
  const metrics = useMetrics(id)
  const { index, count } = useBranches(id)
  return (
    <p>
      {useMessage(id)?.content} {metrics?.outputTokens} {index + 1}/{count}
    </p>
  )
}

function Thread() {
  const { usage } = useThreadMetrics()
  return (
    <main>
      {useChatStatus()} {useIsOnline() ? 'online' : 'offline'} {usage?.totalTokens}
      {useMessageIds().map((id) => (
        <Row key={id} id={id} />
      ))}
    </main>
  )
}

function setUp(wrap: (page: ReactNode) => ReactNode = (page) => page) {
  const provider = createManualProvider()
  const seen: { chat?: Chat } = {}
  function Page() {
    const chat = useStreamingChat({ ...offlineOptions, fetch: provider.fetch, pace: 'chunk', messages: saved ?? [] })
    seen.chat = chat
    return (
      <ChatProvider chat={chat}>
        <p>{chat.status}</p>
        <Thread />
      </ChatProvider>
    )
  }
  return { provider, seen, page: wrap(<Page />) }
}

it.each([
  ['', (page: ReactNode) => page],
  [' under StrictMode', (page: ReactNode) => <StrictMode>{page}</StrictMode>],
])('takes over a page that a server has rendered, every leaf of it, without a mismatch%s', async (_, wrap) => {
  const { provider, seen, page } = setUp(wrap)
  const html = renderToString(page)
  expect(html).toContain('Hello')
  document.body.innerHTML = `<div id="root">${html}</div>`
  const root = document.querySelector('#root') as HTMLElement
  const before = root.textContent
  const hydrated = await act(async () => hydrateRoot(root, page))
  expect(root.textContent).toBe(before)
  act(() => void seen.chat?.sendMessage('More'))
  await act(turn)
  await act(async () => provider.say('Text'))
  await act(turn)
  expect(root.textContent).toContain('Text')
  expect(provider.requests).toHaveLength(1)
  act(() => hydrated.unmount())
})

it('asks for nothing on a server', () => {
  const { provider, page } = setUp()
  renderToString(page)
  expect(provider.requests).toEqual([])
})
