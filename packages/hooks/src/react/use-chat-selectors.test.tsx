// @vitest-environment jsdom
import { addMessage, createMessage } from '@millrace/core'
import { act, render, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatStore } from '../store/chat.ts'
import { replyingChat, turn } from '../test-support/manual-chat.ts'
import { ChatProvider } from './chat-provider.tsx'
import {
  useBranches,
  useChatActions,
  useChatSelector,
  useChatStatus,
  useMessage,
  useMessageIds,
  usePart,
  useTextFeeds,
} from './use-chat-selectors.ts'

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

const parentOf = (chat: ChatStore) => chat.getState().messages.at(-2)?.id

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

it('shows a reply on a branch that is not shown while it grows, for a view that compares', async () => {
  const { chat, provider, wrapper } = await setUp()
  const hidden = chat.getState().messages.at(-1)?.id ?? ''
  act(() => {
    chat.setThread(addMessage(chat.getState(), createMessage({ role: 'assistant', content: 'Other' }), parentOf(chat)))
  })
  const { result } = renderHook(() => useMessage(hidden), { wrapper })
  expect(chat.getState().messages.at(-1)?.content).toBe('Other')
  await act(async () => provider.say('lo'))
  await act(turn)
  expect(result.current?.content).toBe('Hello')
})

describe('useBranches', () => {
  it('has one branch of a message that stands alone, the same while it grows', async () => {
    const { chat, provider, wrapper } = await setUp()
    const id = chat.getState().messages.at(-1)?.id ?? ''
    const { result } = renderHook(() => useBranches(id), { wrapper })
    const before = result.current
    expect(before).toMatchObject({ ids: [id], index: 0, count: 1 })
    await act(async () => provider.say('lo'))
    await act(turn)
    expect(result.current).toBe(before)
  })

  it('renders when a branch comes, and shows the one selected', async () => {
    const { chat, wrapper } = await setUp()
    const first = chat.getState().messages.at(-1)?.id ?? ''
    const second = createMessage({ role: 'assistant', content: 'Other' })
    let renders = 0
    const { result } = renderHook(
      () => {
        renders++
        return useBranches(first)
      },
      { wrapper },
    )
    act(() => chat.setThread(addMessage(chat.getState(), second, parentOf(chat))))
    expect(renders).toBe(2)
    expect(result.current).toMatchObject({ ids: [first, second.id], index: 0, count: 2 })
    act(() => result.current.select(0))
    expect(chat.getState().messages.at(-1)?.id).toBe(first)
    expect(result.current.count).toBe(2)
  })
})

it('renders the status when it changes, and for no delta', async () => {
  const { provider, wrapper } = await setUp()
  const seen: string[] = []
  renderHook(() => seen.push(useChatStatus()), { wrapper })
  await act(async () => provider.say('lo'))
  await act(turn)
  await act(async () => provider.finish('stop'))
  await act(turn)
  expect(seen).toEqual(['streaming', 'ready'])
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

describe('a message whose growth is no change', () => {
  const isOfSameStatus = (before: { status: string }, after: { status: string }) => before.status === after.status

  it('is the one before until something else happens', async () => {
    const { chat, provider, wrapper } = await setUp()
    const id = chat.getState().messages.at(-1)?.id ?? ''
    let renders = 0
    const { result } = renderHook(
      () => {
        renders++
        return useMessage(id, isOfSameStatus)
      },
      { wrapper },
    )
    await act(async () => provider.say('lo'))
    await act(turn)
    expect([renders, result.current?.content]).toEqual([1, 'Hel'])
    await act(async () => provider.finish('stop'))
    await act(turn)
    expect(result.current).toMatchObject({ content: 'Hello', status: 'done' })
  })

  it('tells its text to who listens, without a render', async () => {
    const { chat, provider, wrapper } = await setUp()
    const id = chat.getState().messages.at(-1)?.id ?? ''
    let renders = 0
    const { result } = renderHook(
      () => {
        renders++
        return useTextFeeds(id)
      },
      { wrapper },
    )
    const feed = result.current(0)
    expect(result.current(0)).toBe(feed)
    const texts: string[] = []
    const leave = feed.subscribe(() => texts.push(feed.getText()))
    await act(async () => provider.say('lo'))
    await act(turn)
    leave()
    await act(async () => provider.say('!'))
    await act(turn)
    expect([renders, texts, feed.getText()]).toEqual([1, ['Hello'], 'Hello!'])
    expect(result.current(1).getText()).toBe('')
  })
})
