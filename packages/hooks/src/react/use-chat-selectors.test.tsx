// @vitest-environment jsdom
import { act, render, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { replyingChat, turn } from '../test-support/manual-chat.ts'
import { ChatProvider } from './chat-provider.tsx'
import { useChatActions, useChatSelector, useMessage, useMessageIds, usePart } from './use-chat-selectors.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function setUp() {
  const { chat, provider } = await replyingChat('Hel')
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ChatProvider chat={{ store: chat }}>{children}</ChatProvider>
  )
  return { chat, provider, wrapper }
}

it('renders only the row of the message that grows', async () => {
  const { provider, wrapper: Wrapper } = await setUp()
  const renders: Record<string, number> = {}
  function Row({ id }: { id: string }) {
    const message = useMessage(id)
    renders[message?.role ?? ''] = (renders[message?.role ?? ''] ?? 0) + 1
    return <p>{message?.content}</p>
  }
  function List() {
    renders.list = (renders.list ?? 0) + 1
    return useMessageIds().map((id) => <Row key={id} id={id} />)
  }
  const { container } = render(
    <Wrapper>
      <List />
    </Wrapper>,
  )
  const before = { ...renders }
  for (let i = 0; i < 20; i++) {
    await act(async () => provider.say('l'))
    await act(turn)
  }
  expect(container.textContent).toBe(`HiHel${'l'.repeat(20)}`)
  expect(renders.user).toBe(before.user)
  expect(renders.list).toBe(before.list)
  expect(renders.assistant).toBe((before.assistant ?? 0) + 20)
})

it('does not render a finished part while the next one grows', async () => {
  const { chat, provider, wrapper } = await setUp()
  const id = chat.getState().messages.at(-1)?.id ?? ''
  await act(async () => provider.emit({ type: 'reasoning-delta', text: 'Hm' }))
  await act(turn)
  let renders = 0
  const { result } = renderHook(
    () => {
      renders++
      return usePart(id, 0)
    },
    { wrapper },
  )
  const before = renders
  await act(async () => provider.emit({ type: 'reasoning-delta', text: ' …' }))
  await act(turn)
  expect(result.current).toMatchObject({ type: 'text', text: 'Hel', state: 'done' })
  expect(renders).toBe(before)
})

it('renders a selected value when it changes', async () => {
  const { provider, wrapper } = await setUp()
  const { result } = renderHook(() => useChatSelector((state) => state.status), { wrapper })
  expect(result.current).toBe('streaming')
  await act(async () => provider.finish('stop'))
  await act(turn)
  expect(result.current).toBe('ready')
})

it('hands out actions that work and never render', async () => {
  const { chat, wrapper } = await setUp()
  let renders = 0
  const { result } = renderHook(
    () => {
      renders++
      return useChatActions()
    },
    { wrapper },
  )
  act(() => result.current.stop())
  expect(chat.getState().status).toBe('ready')
  expect(renders).toBe(1)
})

it('says what to do where there is no provider above', () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(() => renderHook(() => useMessageIds())).toThrow('<ChatProvider')
  quiet.mockRestore()
})
