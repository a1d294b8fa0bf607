import type { ChatErrorCode, FinishReason, Message } from '@millrace/core'
import { createManualProvider } from '@millrace/testing'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

const answer = 'One, two, three, four, five, six.'
const unhandled: unknown[] = []
const noteUnhandled = (event: PromiseRejectionEvent) => unhandled.push(event.reason)

beforeEach(() => {
  vi.spyOn(console, 'error')
  addEventListener('unhandledrejection', noteUnhandled)
})
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  expect(unhandled).toEqual([])
  removeEventListener('unhandledrejection', noteUnhandled)
  vi.restoreAllMocks()
})

let renders = 0

function Page({ options, onRender }: { readonly options: ChatOptions; readonly onRender: (chat: Chat) => void }) {
  const chat = useStreamingChat(options)
  onRender(chat)
  renders++
  return (
    <main>
      <p data-testid="status">{chat.status}</p>
      {chat.messages.map(({ id, content }) => (
        <p key={id}>{content}</p>
      ))}
    </main>
  )
}

async function renderChat(options: ChatOptions = {}) {
  let chat: Chat | undefined
  const screen = await render(
    <Page
      options={{
        apiKey: 'test-key',
        baseURL: inject('fakeProviderURL'),
        model: 'm',
        retry: { attempts: 0 },
        ...options,
      }}
      onRender={(latest) => {
        chat = latest
      }}
    />,
  )
  if (!chat) throw new Error('The page did not render.')
  return { chat, screen }
}

type Ending = [
  fault: string,
  finishReason: FinishReason,
  code: ChatErrorCode | undefined,
  text: 'whole' | 'part' | 'none',
]

const endings: Ending[] = [
  ['no fault', 'stop', undefined, 'whole'],
  ['unauthorized', 'error', 'unauthorized', 'none'],
  ['payment-required', 'error', 'payment-required', 'none'],
  ['rate-limited', 'error', 'rate-limited', 'none'],
  ['server-error', 'error', 'server-error', 'none'],
  ['overloaded', 'error', 'overloaded', 'none'],
  ['html', 'error', 'not-a-stream', 'none'],
  ['json', 'stop', undefined, 'whole'],
  ['no-response', 'error', 'connect-timeout', 'none'],
  ['stall-before-first-token', 'error', 'first-token-timeout', 'none'],
  ['stall', 'incomplete', 'stalled', 'part'],
  ['cut', 'incomplete', 'incomplete', 'part'],
  ['close-early', 'incomplete', 'incomplete', 'part'],
  ['malformed-event', 'error', 'malformed-event', 'part'],
  ['error-event', 'error', 'server-error', 'part'],
  ['no-finish-reason', 'unknown', undefined, 'whole'],
  ['no-done', 'stop', undefined, 'whole'],
  ['no-final-newline', 'stop', undefined, 'whole'],
]

function expectText({ content }: Message, text: Ending[3]): void {
  if (text === 'whole') expect(content).toBe(answer)
  else if (text === 'none') expect(content).toBe('')
  else {
    expect(answer.startsWith(content)).toBe(true)
    expect(content.length).toBeGreaterThan(0)
    expect(content.length).toBeLessThan(answer.length)
  }
}

describe('over real HTTP', () => {
  it.each(endings)('%s ends as %s, with the code %s and %s of the text', async (fault, finishReason, code, text) => {
    const { chat, screen } = await renderChat({ timeouts: { connectMs: 800, firstTokenMs: 800, stallMs: 800 } })
    const reply = await chat.sendMessage(fault)
    expect(reply).toMatchObject({ finishReason, status: 'done' })
    expect(reply.error?.code).toBe(code)
    expectText(reply, text)
    await expect.element(screen.getByTestId('status')).toHaveTextContent(code ? 'error' : 'ready')
    expect(chat.error?.code).toBe(code)
    expect(chat.messages).toMatchObject([{ content: fault }, { content: reply.content }])
  })

  it('tells a dead server from one that its browser may not read', async () => {
    const { chat } = await renderChat({ baseURL: 'http://localhost:9/v1' })
    expect((await chat.sendMessage('Hi')).error?.code).toBe('network')
  })

  it('cancels the request when it is stopped, and is ready at once', async () => {
    const { chat } = await renderChat()
    const reply = chat.sendMessage('stall')
    await vi.waitFor(() => expect(chat.messages.at(-1)?.content).not.toBe(''))
    chat.stop()
    expect(chat.status).toBe('ready')
    expect(await reply).toMatchObject({ finishReason: 'aborted' })
  })
})

describe('pace', () => {
  const text = 'word '.repeat(1000)

  it('commits a burst of a thousand deltas in a handful of renders', async () => {
    const provider = createManualProvider()
    const { chat } = await renderChat({ fetch: provider.fetch })
    renders = 0
    const reply = chat.sendMessage('Hi')
    await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
    for (let i = 0; i < 1000; i++) provider.say('word ')
    provider.finish('stop')
    expect((await reply).content).toBe(text)
    // Sent, headers, first token, a frame at most, the end.
    expect(renders).toBeLessThanOrEqual(6)
  })
})
