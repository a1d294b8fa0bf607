import { resumable } from '@millrace/core'
import { expect, inject, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

const token = 'tk-browser-0123456789'

async function chatWith(apiKey: string, options: Partial<ChatOptions> = {}): Promise<Chat> {
  let chat: Chat | undefined
  function Page() {
    chat = useStreamingChat({ baseURL: inject('proxyURL'), apiKey, model: 'm', retry: { attempts: 0 }, ...options })
    return <p>{chat.messages.at(-1)?.content}</p>
  }
  await render(<Page />)
  if (!chat) throw new Error('The page did not render.')
  return chat
}

it('the hook streams through the proxy, from a page of another origin', async () => {
  const chat = await chatWith(token)
  expect(await chat.sendMessage('Why?')).toMatchObject({
    content: 'Xin chào 🙂',
    finishReason: 'stop',
    usage: { inputTokens: 11, outputTokens: 22, totalTokens: 33 },
  })
})

it('the hook shows what has come before the rest is there, and stops', async () => {
  const chat = await chatWith(token)
  const reply = chat.sendMessage('slow')
  await vi.waitFor(() => expect(document.body.textContent).toContain('One'))
  chat.stop()
  expect(await reply).toMatchObject({ finishReason: 'aborted' })
})

it('the hook reads that it may not', async () => {
  const { error } = await (await chatWith('tk-wrong-0123456789ab')).sendMessage('Why?')
  expect(error).toMatchObject({ code: 'unauthorized', status: 401 })
})

it('the hook hears that nothing more will come of a reply that broke off, and asks once', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>((input, init) => globalThis.fetch(input, init))
  const chat = await chatWith(token, { resume: resumable(), fetch })
  expect(await chat.sendMessage('cut')).toMatchObject({ finishReason: 'incomplete' })
  expect(fetch.mock.calls.map(([, init]) => init?.method ?? 'GET')).toEqual(['POST', 'GET'])
})
