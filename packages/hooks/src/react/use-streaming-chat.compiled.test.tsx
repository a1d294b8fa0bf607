// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
import { act, fireEvent, render } from '@testing-library/react'
import { memo } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'
import { ChatProvider } from './chat-provider.tsx'
import { useMessage, useMessageIds } from './use-chat-selectors.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

// React's compiler caches whatever depends on the same values as before. The chat's fields are getters, so what it
// caches has to be told apart by the object they are read from.

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

interface PageProps {
  readonly options: ChatOptions
}

/** As people write it: everything read from the chat, all in one place. */
function Whole({ options }: PageProps) {
  const chat = useStreamingChat(options)
  return (
    <main>
      <button type="button" onClick={() => chat.sendMessage(`${chat.messages.length}`)}>
        Send
      </button>
      <p>{chat.status}</p>
      {chat.messages.map((message) => (
        <p key={message.id}>{message.content}</p>
      ))}
      {chat.error && <p role="alert">{chat.error}</p>}
    </main>
  )
}

/** Reads nothing itself: its children do. */
function Handing({ options }: PageProps) {
  const chat = useStreamingChat(options)
  return (
    <main>
      <Send chat={chat} />
      <Status chat={chat} />
      <Messages chat={chat} />
      <Failure chat={chat} />
    </main>
  )
}

function Send({ chat }: { readonly chat: Chat }) {
  return (
    <button type="button" onClick={() => chat.sendMessage(`${chat.messages.length}`)}>
      Send
    </button>
  )
}

function Status({ chat }: { readonly chat: Chat }) {
  return <p>{chat.status}</p>
}

const Messages = memo(function Messages({ chat }: { readonly chat: Chat }) {
  const { messages } = chat
  const rows = messages.map((message) => <p key={message.id}>{message.content}</p>)
  return <>{rows}</>
})

function Failure({ chat }: { readonly chat: Chat }) {
  return chat.status === 'error' ? <p role="alert">{chat.error}</p> : null
}

/** Leaves below a provider. */
function Leaves({ options }: PageProps) {
  const chat = useStreamingChat(options)
  return (
    <ChatProvider chat={chat}>
      <Send chat={chat} />
      <Status chat={chat} />
      <Rows />
      <Failure chat={chat} />
    </ChatProvider>
  )
}

function Rows() {
  return useMessageIds().map((id) => <Row key={id} id={id} />)
}

function Row({ id }: { readonly id: string }) {
  return <p>{useMessage(id)?.content}</p>
}

it.each([
  ['that reads all of the chat', Whole],
  ['whose children read the chat', Handing],
  ['with leaves below a provider', Leaves],
])('shows each delta in a compiled component %s', async (_, Page) => {
  expect(String(Page)).toMatch(/\$\[\d+\]/)
  const provider = createManualProvider()
  const options = { ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk' } as const
  const { container, getByRole, unmount } = render(<Page options={options} />)
  const text = () => [...container.querySelectorAll('p')].map(({ textContent }) => textContent)
  fireEvent.click(getByRole('button'))
  await act(turn)
  expect(text()).toEqual(['submitted', '0', ''])
  for (const shown of ['a', 'ab', 'abc']) {
    await act(async () => provider.say(shown.slice(-1)))
    await act(turn)
    expect(text()).toEqual(['streaming', '0', shown])
  }
  await act(async () => provider.finish('stop'))
  await act(turn)
  expect(text()).toEqual(['ready', '0', 'abc'])
  provider.failNext(401)
  fireEvent.click(getByRole('button'))
  await act(turn)
  expect(text().slice(0, 3)).toEqual(['error', '0', 'abc'])
  expect(text()[3]).toBe('2')
  expect(getByRole('alert').textContent).toContain('Check the key')
  unmount()
})
