import { createThread, interruptMessage, type Message } from '@millrace/core'
import { createFakeProvider, type FakeProviderOptions, pause, reply, say } from '@millrace/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { offlineOptions } from '../test-support/manual-chat.ts'
import type { ChatOptions } from './chat-options.ts'
import { createChat } from './create-chat.ts'
import { resumable } from './index.ts'
import { resumeReply } from './resume-reply.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const script = reply(say('One two three '), pause(1000), say('four five six.'))

/** A page went away in the middle of its reply, and another shows what it had. */
async function reopened(provider: FakeProviderOptions = {}, options: ChatOptions = {}) {
  const { fetch, requests } = createFakeProvider({ script, resumable: true, ...provider })
  const chatOptions: ChatOptions = { ...offlineOptions, fetch, retry: { attempts: 0 }, resume: resumable(), ...options }
  const first = createChat(chatOptions)
  first.sendMessage('Count.')
  await vi.advanceTimersByTimeAsync(500)
  const messages = first.getState().messages.map(interruptMessage)
  const chat = createChat({ ...chatOptions, thread: createThread(messages) })
  return { chat, requests, message: messages.at(-1) as Message } // there are two
}

it('goes on with what the server still writes, in the same message', async () => {
  const { chat, message } = await reopened()
  expect(message).toMatchObject({ content: 'One two three ', finishReason: 'incomplete' })
  const ended = resumeReply(chat, message.id)
  expect(chat.getState().status).toBe('streaming')
  await vi.runAllTimersAsync()
  expect(await ended).toMatchObject({ id: message.id, content: 'One two three four five six.', finishReason: 'stop' })
  expect(chat.getState()).toMatchObject({ status: 'ready', messages: [{}, { content: (await ended).content }] })
})

it('asks the model nothing: what goes out is a request for the stream', async () => {
  const { chat, requests, message } = await reopened()
  resumeReply(chat, message.id)
  await vi.runAllTimersAsync()
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET'])
})

it('never shows less than there was', async () => {
  const { chat, message } = await reopened()
  const shown: number[] = []
  chat.subscribe(({ messages }) => shown.push(messages.at(-1)?.content.length ?? 0))
  resumeReply(chat, message.id)
  await vi.runAllTimersAsync()
  expect(Math.min(...shown)).toBe(message.content.length)
})

it('tells how it ended, like any other reply', async () => {
  const onFinish = vi.fn()
  const { chat, message } = await reopened({}, { onFinish })
  resumeReply(chat, message.id)
  await vi.advanceTimersByTimeAsync(5000)
  expect(onFinish).toHaveBeenCalledWith(expect.objectContaining({ finishReason: 'stop', isError: false }))
})

it('stays as it was where the server no longer has it', async () => {
  const { chat, message } = await reopened({
    fault: ({ method }) => (method === 'GET' ? 'model-not-found' : undefined),
  })
  const ended = resumeReply(chat, message.id)
  await vi.runAllTimersAsync()
  expect(await ended).toMatchObject({ content: message.content, finishReason: 'incomplete' })
  expect(chat.getState().messages.at(-1)).toMatchObject({ content: message.content, finishReason: 'incomplete' })
})

it('keeps what it shows when it is stopped', async () => {
  const { chat, message } = await reopened()
  const ended = resumeReply(chat, message.id)
  await vi.advanceTimersByTimeAsync(100)
  chat.stop()
  await vi.runAllTimersAsync()
  expect(await ended).toMatchObject({ content: message.content, finishReason: 'aborted' })
  expect(chat.getState().status).toBe('ready')
})

it('is never taken up twice', async () => {
  const { chat, message } = await reopened()
  resumeReply(chat, message.id)
  await expect(resumeReply(chat, message.id)).rejects.toThrow(TypeError)
})

it('needs the option that can take a stream up', async () => {
  const { chat, message } = await reopened()
  chat.setOptions(offlineOptions)
  await expect(resumeReply(chat, message.id)).rejects.toThrow('The chat needs `resume`')
})
