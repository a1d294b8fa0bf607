// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
import { act, render } from '@testing-library/react'
import {
  memo,
  StrictMode,
  Suspense,
  startTransition,
  useDeferredValue,
  useLayoutEffect,
  useState,
  useTransition,
} from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Chat } from '../store/chat.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'
import { ChatProvider } from './chat-provider.tsx'
import { useMessage } from './use-chat-selectors.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  vi.spyOn(console, 'error')
})
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function setUp() {
  const provider = createManualProvider()
  const options = { ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk' } as const
  const say = async (text: string) => {
    await act(async () => provider.say(text))
    await act(turn)
  }
  const send = async (chat: Chat | undefined) => {
    act(() => void chat?.sendMessage('Hi'))
    await act(turn)
  }
  return { provider, options, say, send }
}

it('loses no delta while a transition is under way', async () => {
  const { options, say, send } = setUp()
  let chat: Chat | undefined
  let begin = () => {}
  function Page() {
    const [tab, setTab] = useState('a')
    const [isPending, start] = useTransition()
    chat = useStreamingChat(options)
    begin = () => start(() => setTab((name) => `${name}b`))
    return (
      <p>
        {tab} {isPending ? 'pending' : ''} {chat.messages.at(-1)?.content}
      </p>
    )
  }
  const { container } = render(<Page />)
  await send(chat)
  for (const delta of ['x', 'y', 'z']) {
    act(() => begin())
    await say(delta)
  }
  expect(container.textContent).toBe('abbb  xyz')
})

it('catches up where its messages are deferred', async () => {
  const { options, say, send } = setUp()
  let chat: Chat | undefined
  const Slow = memo(function Slow({ messages }: Pick<Chat, 'messages'>) {
    return <p>{messages.at(-1)?.content}</p>
  })
  function Page() {
    chat = useStreamingChat(options)
    return <Slow messages={useDeferredValue(chat.messages)} />
  }
  const { container } = render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
  await send(chat)
  for (const delta of ['x', 'y', 'z']) await say(delta)
  expect(container.textContent).toBe('xyz')
})

it('goes on behind a fallback, and shows all of it after', async () => {
  const { provider, options, say, send } = setUp()
  let chat: Chat | undefined
  let wait = () => {}
  let goOn = () => {}
  function Other() {
    const [waiting, setWaiting] = useState<Promise<void>>()
    wait = () => {
      const promise = new Promise<void>((resolve) => {
        goOn = () => {
          setWaiting(undefined)
          resolve()
        }
      })
      setWaiting(promise)
    }
    if (waiting) throw waiting
    return null
  }
  function Page() {
    chat = useStreamingChat(options)
    return (
      <p>
        {chat.messages.at(-1)?.content}
        <Other />
      </p>
    )
  }
  const { container } = render(
    <Suspense fallback="…">
      <Page />
    </Suspense>,
  )
  await send(chat)
  await say('a')
  act(() => wait())
  expect(container.textContent).toContain('…')
  await say('b')
  await act(async () => goOn())
  await say('c')
  expect(container.textContent).toBe('abc')
  expect(provider.cancelled).toBe(0)
})

it('never shows two states of a message in one picture, though a render takes many slices', async () => {
  vi.useRealTimers()
  // As on a page: React decides when it renders, and lets other tasks in between.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  const { provider, options } = setUp()
  let chat: Chat | undefined
  let show = () => {}
  const pictures: string[][] = []
  let rendersBegun = 0
  function slowly(): void {
    const until = performance.now() + 4
    while (performance.now() < until);
  }
  function ByView({ chat }: { chat: Chat }) {
    rendersBegun++
    slowly()
    return <i>{chat.messages.at(-1)?.content}</i>
  }
  function ById({ id }: { id: string }) {
    slowly()
    return <i>{useMessage(id)?.content}</i>
  }
  function Page() {
    const [rows, setRows] = useState(0)
    const own = useStreamingChat(options)
    chat = own
    show = () => startTransition(() => setRows(8))
    const last = own.messages.at(-1)?.id ?? ''
    useLayoutEffect(() => {
      pictures.push([...container.querySelectorAll('i')].map(({ textContent }) => textContent ?? ''))
    })
    return (
      <ChatProvider chat={own}>
        {Array.from({ length: rows }, (_, row) => {
          const key = `row-${row}`
          return row % 2 ? <ById key={key} id={last} /> : <ByView key={key} chat={own} />
        })}
      </ChatProvider>
    )
  }
  const container = document.createElement('div')
  const root = createRoot(container)
  root.render(<Page />)
  await vi.waitFor(() => expect(chat).toBeDefined())
  void chat?.sendMessage('Hi')
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
  provider.say('a')
  await vi.waitFor(() => expect(chat?.messages.at(-1)?.content).toBe('a'))
  show()
  await vi.waitFor(() => expect(rendersBegun).toBeGreaterThan(0), { interval: 1 })
  // In the middle of it: rows are being rendered and none is there yet.
  expect(pictures.at(-1)).toEqual([])
  for (const delta of ['b', 'c']) {
    provider.say(delta)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await vi.waitFor(() => expect(pictures.at(-1)).toEqual(Array.from({ length: 8 }, () => 'abc')), 5000)
  for (const picture of pictures) expect(new Set(picture).size).toBeLessThanOrEqual(1)
  root.unmount()
  vi.unstubAllGlobals()
})
