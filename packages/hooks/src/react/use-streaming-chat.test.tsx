// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
import { act, render, renderHook } from '@testing-library/react'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(options: ChatOptions = {}) {
  const provider = createManualProvider()
  return {
    provider,
    options: { ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk', ...options } as const,
  }
}

/** Renders the hook, reads what `read` reads, and counts. */
function renderReading(options: ChatOptions, read: (chat: Chat) => unknown) {
  let renders = 0
  const { result, ...rest } = renderHook(() => {
    renders++
    const chat = useStreamingChat(options)
    read(chat)
    return chat
  })
  return { result, renders: () => renders, ...rest }
}

describe('what a render reads', () => {
  it('is all it is rendered for: the status and how to send take three renders for a thousand deltas', async () => {
    const { provider, options } = setUp()
    const { result, renders } = renderReading(options, ({ status, sendMessage }) => [status, sendMessage])
    const mounted = renders()
    act(() => void result.current.sendMessage('Hi'))
    await act(turn)
    for (let i = 0; i < 1000; i++) provider.say('x')
    await act(turn)
    await act(async () => provider.finish('stop'))
    await act(turn)
    expect(result.current.messages.at(-1)?.content).toHaveLength(1000)
    expect(renders() - mounted).toBeLessThanOrEqual(3)
  })

  it('renders nothing at all where only actions are read', async () => {
    const { provider, options } = setUp()
    const { result, renders } = renderReading(options, ({ sendMessage, stop }) => [sendMessage, stop])
    act(() => void result.current.sendMessage('Hi'))
    await act(turn)
    await act(async () => provider.say('Hello'))
    expect(renders()).toBe(1)
  })

  it('is a new object when something of it has changed, so that memoised readers see it', async () => {
    const { provider, options } = setUp()
    const { result } = renderReading(options, ({ messages }) => messages)
    act(() => void result.current.sendMessage('Hi'))
    await act(turn)
    const before = result.current
    await act(async () => provider.say('Hello'))
    await act(turn)
    expect(result.current).not.toBe(before)
    expect(result.current.messages).not.toBe(undefined)
  })

  it('is current in a handler that was made before', async () => {
    const { options } = setUp()
    const { result } = renderReading(options, ({ sendMessage }) => sendMessage)
    const early = result.current
    act(() => void early.sendMessage('Hi'))
    expect(early.messages).toHaveLength(2)
  })

  it('can be destructured: actions keep their identity over renders', async () => {
    const { options } = setUp()
    const { result, rerender } = renderReading(options, ({ messages }) => messages)
    const { sendMessage } = result.current
    act(() => void sendMessage('Hi'))
    rerender()
    expect(result.current.sendMessage).toBe(sendMessage)
  })
})

describe('its life', () => {
  it('stops the reply when the component goes, and cancels the request', async () => {
    const { provider, options } = setUp()
    const { result, unmount } = renderReading(options, ({ messages }) => messages)
    const reply = result.current.sendMessage('Hi')
    await act(turn)
    await act(async () => provider.say('Hel'))
    await act(turn)
    unmount()
    await turn()
    expect(provider.cancelled).toBe(1)
    expect(await reply).toMatchObject({ content: 'Hel', finishReason: 'aborted' })
  })

  it('takes back what waits as well: nothing is sent after it', async () => {
    const { provider, options } = setUp()
    const { result, unmount } = renderReading(options, ({ messages }) => messages)
    const replies = ['One', 'Two'].map((text) => result.current.sendMessage(text))
    await act(turn)
    unmount()
    await turn()
    expect(provider.requests).toHaveLength(1)
    expect(await Promise.all(replies)).toMatchObject([{ finishReason: 'aborted' }, { finishReason: 'aborted' }])
  })

  it('sends one request under StrictMode, and shows its reply', async () => {
    const { provider, options } = setUp()
    const { result } = renderHook(() => useStreamingChat(options), { wrapper: StrictMode })
    act(() => void result.current.sendMessage('Hi'))
    await act(turn)
    await act(async () => provider.say('Hello'))
    await act(turn)
    expect(provider.requests).toHaveLength(1)
    expect(result.current.messages.at(-1)?.content).toBe('Hello')
  })

  it('is another chat under another id, and the reply of the first is stopped', async () => {
    const { provider, options } = setUp()
    const { result, rerender } = renderHook(({ id }) => useStreamingChat({ ...options, id }), {
      initialProps: { id: 'a' },
    })
    act(() => void result.current.sendMessage('Hi'))
    await act(turn)
    rerender({ id: 'b' })
    await act(turn)
    expect(provider.cancelled).toBe(1)
    expect(result.current).toMatchObject({ id: 'b', messages: [], status: 'ready' })
  })

  it('leaves no request behind when ids change fast', async () => {
    const { provider, options } = setUp()
    const { result, rerender, unmount } = renderHook(({ id }) => useStreamingChat({ ...options, id }), {
      initialProps: { id: '0' },
    })
    for (let i = 1; i <= 5; i++) {
      act(() => void result.current.sendMessage('Hi'))
      await act(turn)
      rerender({ id: String(i) })
      await act(turn)
    }
    unmount()
    await turn()
    expect(provider.requests).toHaveLength(5)
    expect(provider.cancelled).toBe(5)
  })

  it('uses the newest callbacks, though options are new objects on every render', async () => {
    const { provider, options } = setUp()
    const seen: number[] = []
    const { result, rerender } = renderHook(
      ({ n }) => useStreamingChat({ ...options, headers: {}, onFinish: () => void seen.push(n) }),
      { initialProps: { n: 1 } },
    )
    act(() => void result.current.sendMessage('Hi'))
    await act(turn)
    rerender({ n: 2 })
    await act(async () => provider.finish('stop'))
    await act(turn)
    expect(seen).toEqual([2])
  })

  it('renders on a server', () => {
    const { options } = setUp()
    function Page() {
      const { messages, status } = useStreamingChat({
        ...options,
        baseURL: '/v1',
        messages: [{ role: 'user', content: 'Hi' }],
      })
      return (
        <p>
          {status} {messages[0]?.content}
        </p>
      )
    }
    expect(renderToString(<Page />)).toContain('Hi')
  })
})

it("shows an error in JSX as its message, as the naive hook's text did", async () => {
  const { provider, options } = setUp()
  provider.failNext(401)
  let send: Chat['sendMessage'] | undefined
  function Page() {
    const { error, sendMessage } = useStreamingChat(options)
    send = sendMessage
    return <p>{error}</p>
  }
  const { container } = render(<Page />)
  await act(async () => void (await send?.('Hi')))
  expect(container.textContent).toContain('Check the key')
})

it.each([
  ['an option that does not exist', { modle: 'x' }],
  ['a provider by name', { provider: 'openai' }],
  ['a key with a line break', 'sk-1\n'],
])('throws a TypeError in render for %s', (_, options) => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(() => renderHook(() => useStreamingChat(options as never))).toThrow(TypeError)
  quiet.mockRestore()
})
