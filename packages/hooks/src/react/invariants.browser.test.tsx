import { createManualProvider } from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import type { Chat, ChatStore } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

// What the architecture promises, where real frames are needed to see it. A tab that gets none is in e2e.

const options: ChatOptions = { apiKey: 'test-key', baseURL: 'http://model.test/v1', model: 'm', retry: { attempts: 0 } }

async function replying() {
  const provider = createManualProvider()
  let chat: Chat | undefined
  function Page() {
    chat = useStreamingChat({ ...options, fetch: provider.fetch })
    return <p>{chat.messages.at(-1)?.content}</p>
  }
  const { container } = await render(<Page />)
  if (!chat) throw new Error('The page did not render.')
  const reply = chat.sendMessage('Hi')
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
  return { provider, chat, reply, container }
}

/** In how many frames a chat committed more than once, and how many commits there were. */
function countCommits(store: Pick<ChatStore, 'subscribe'>) {
  let inThisFrame = 0
  const perFrame: number[] = []
  let frame = requestAnimationFrame(function count() {
    perFrame.push(inThisFrame)
    inThisFrame = 0
    frame = requestAnimationFrame(count)
  })
  const unsubscribe = store.subscribe(() => inThisFrame++)
  return () => {
    cancelAnimationFrame(frame)
    unsubscribe()
    return [...perFrame, inThisFrame]
  }
}

describe('invariant 2: at most one store commit per frame', () => {
  it('however fast the deltas come', async () => {
    const { provider, chat, reply } = await replying()
    provider.say('first ')
    await vi.waitFor(() => expect(chat.messages.at(-1)?.content).toBe('first '))
    const stop = countCommits(chat.store)
    for (let i = 0; i < 500; i++) {
      provider.say('word ')
      if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve))
    }
    await vi.waitFor(() => expect(chat.messages.at(-1)?.content).toHaveLength(6 + 5 * 500), 10_000)
    const commits = stop()
    expect(Math.max(...commits)).toBe(1)
    provider.finish('stop')
    expect(await reply).toMatchObject({ finishReason: 'stop' })
  })

  it('the first token is committed at once, without waiting for a frame', async () => {
    const { provider, chat } = await replying()
    const waiting = vi.spyOn(window, 'requestAnimationFrame')
    const committed = new Promise<string | undefined>((resolve) => {
      chat.store.subscribe(({ messages }) => resolve(messages.at(-1)?.content))
    })
    provider.say('a')
    expect(await committed).toBe('a')
    expect(waiting).not.toHaveBeenCalled()
    waiting.mockRestore()
    chat.stop()
  })

  it('the last flush is exact: what came with the end is there when the reply is done, on the page as well', async () => {
    const { provider, reply, container } = await replying()
    provider.say('a')
    provider.say('b')
    provider.say('c')
    provider.finish('stop')
    expect(await reply).toMatchObject({ content: 'abc', finishReason: 'stop' })
    await vi.waitFor(() => expect(container.textContent).toBe('abc'))
  })
})
