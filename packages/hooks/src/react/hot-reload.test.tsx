// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
// Before React's renderer, which looks for it when it is loaded.
import refresh from 'react-refresh/runtime'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Chat } from '../store/chat.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'

refresh.injectIntoGlobalHook(window)
const { act, render } = await import('@testing-library/react')
const { useStreamingChat } = await import('./use-streaming-chat.ts')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('keeps the thread when a component is edited while its reply streams, and goes on working', async () => {
  const provider = createManualProvider()
  const options = { ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk' } as const
  let chat: Chat | undefined
  const sign = refresh.createSignatureFunctionForTransform()

  /** The component as a file has it, evaluated again after each edit. */
  function evaluate(title: string) {
    function Page() {
      sign()
      chat = useStreamingChat(options)
      return (
        <p>
          {title}: {chat.messages.map(({ content }) => content).join(' ')}
        </p>
      )
    }
    sign(Page, 'useStreamingChat(options)', false)
    refresh.register(Page, 'page.tsx Page')
    return Page
  }

  const Page = evaluate('Before')
  const { container } = render(<Page />)
  act(() => void chat?.sendMessage('Hi'))
  await act(turn)
  await act(async () => provider.say('Hel'))
  await act(turn)
  act(() => {
    evaluate('After')
    refresh.performReactRefresh()
  })
  await act(turn)
  expect(container.textContent).toBe('After: Hi Hel')
  expect(chat?.status).toBe('ready')
  act(() => void chat?.sendMessage('More'))
  await act(turn)
  await act(async () => provider.say('Text'))
  await act(turn)
  expect(container.textContent).toBe('After: Hi Hel More Text')
  expect(provider.requests).toHaveLength(2)
})
