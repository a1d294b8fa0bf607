import { createThread, interruptMessage, type Message } from '@millrace/core'
import { callTool, createFakeProvider, type FakeProviderOptions, inTurn, pause, reply, say } from '@millrace/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { offlineOptions } from '../test-support/manual-chat.ts'
import type { ChatStore } from './chat.ts'
import type { ChatOptions } from './chat-options.ts'
import { createChat } from './create-chat.ts'
import { resumable } from './index.ts'
import { resumeReply } from './resume-reply.ts'
import { tool } from './tool.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const script = reply(say('One two three '), pause(2000), say('four five six.'))

/**
 * A page went away in the middle of its reply, and another shows what it had.
 * @param goOn What the first page does after its request, before it goes away.
 */
async function reopened(
  provider: FakeProviderOptions = {},
  options: ChatOptions = {},
  goOn?: (chat: ChatStore) => void,
) {
  const { fetch, requests } = createFakeProvider({ script, resumable: true, ...provider })
  const chatOptions: ChatOptions = { ...offlineOptions, fetch, retry: { attempts: 0 }, resume: resumable(), ...options }
  const first = createChat(chatOptions)
  first.sendMessage('Count.')
  await vi.advanceTimersByTimeAsync(500)
  goOn?.(first)
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

describe('what the reply was before that stream', () => {
  it('stays: a continuation goes on after what it continued', async () => {
    const broken = { ...reply('They are one two'), finishReason: 'length' } as const
    const continued = reply(say('are one two three '), pause(2000), say('four, and on to ten.'))
    const { chat, message } = await reopened({ script: inTurn(broken, continued) }, {}, (chat) =>
      chat.continueMessage(),
    )
    expect(message.content).toBe('They are one two three ')
    resumeReply(chat, message.id)
    await vi.runAllTimersAsync()
    expect(chat.getState().messages.at(-1)).toMatchObject({
      content: 'They are one two three four, and on to ten.',
      parts: [{ type: 'text' }],
      finishReason: 'stop',
    })
  })

  it('stays: a step goes on after the calls before it, and what they used is added', async () => {
    const tools = { look: tool({ execute: () => 'seen' }) }
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
    const called = { ...reply(callTool('look')), usage }
    const answered = { ...reply(say('I see '), pause(2000), say('it.')), usage }
    const { chat, message } = await reopened({ script: inTurn(called, answered) }, { tools })
    expect(message.parts).toMatchObject([{ output: 'seen' }, { text: 'I see ' }])
    const ended = resumeReply(chat, message.id)
    await vi.runAllTimersAsync()
    expect(await ended).toMatchObject({
      parts: [{ type: 'tool-call', output: 'seen' }, { text: 'I see it.' }],
      usage: { totalTokens: 6 },
    })
  })

  it('is all there is to have where its calls were run', async () => {
    const tools = { fast: tool({ execute: () => 1 }), slow: tool({ execute: () => new Promise(() => {}) }) }
    const { chat, message, requests } = await reopened({ script: reply(callTool('fast'), callTool('slow')) }, { tools })
    await expect(resumeReply(chat, message.id)).rejects.toThrow('There is no stream to take up.')
    expect(chat.getState().messages.at(-1)?.parts).toMatchObject([{ output: 1 }, { state: 'input-available' }])
    expect(requests).toHaveLength(1)
  })
})

it('runs no tool by itself, for it may have been run before; going on does', async () => {
  const execute = vi.fn()
  const { chat, message } = await reopened({ script: reply(say('Let me '), pause(2000), callTool('pay')) })
  chat.setOptions({ ...chat.getOptions(), tools: { pay: tool({ execute }) } })
  const ended = resumeReply(chat, message.id)
  await vi.runAllTimersAsync()
  expect(await ended).toMatchObject({ finishReason: 'tool-calls', parts: [{}, { state: 'input-available' }] })
  expect(execute).not.toHaveBeenCalled()
  chat.continueMessage()
  await vi.advanceTimersByTimeAsync(0)
  expect(execute).toHaveBeenCalledOnce()
  chat.stop()
})

it('may go on at once when it has ended', async () => {
  vi.stubGlobal('requestAnimationFrame', undefined)
  const script = reply(say('One '), pause(2000), say('two '), say('three'))
  const { chat, message } = await reopened({ script: { ...script, finishReason: 'length' } as const })
  const onFinish = vi.fn(() => void chat.continueMessage(message.id))
  chat.setOptions({ ...chat.getOptions(), onFinish })
  resumeReply(chat, message.id)
  await vi.advanceTimersByTimeAsync(1900)
  expect(onFinish).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(300)
  expect(chat.getState()).toMatchObject({ status: 'streaming', replyIds: [message.id] })
  chat.stop()
  vi.unstubAllGlobals()
})

it('tells of a failure like any other reply, with the thread as it is then, to whoever listens then', async () => {
  const onError = vi.fn()
  const onFinish = vi.fn()
  const { chat, message } = await reopened({
    fault: ({ method }) => (method === 'GET' ? 'model-not-found' : undefined),
  })
  resumeReply(chat, message.id)
  chat.setOptions({ ...chat.getOptions(), onError, onFinish })
  await vi.runAllTimersAsync()
  const ended = chat.getState().messages.at(-1)
  expect(onError).toHaveBeenCalledExactlyOnceWith(ended?.error, ended)
  expect(onFinish).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: ended, messages: chat.getState().messages, isError: true }),
  )
})

it('is told of before what waits for it is sent', async () => {
  const { chat, message } = await reopened()
  const onFinish = vi.fn()
  chat.setOptions({ ...chat.getOptions(), onFinish })
  resumeReply(chat, message.id)
  void chat.sendMessage('Next')
  await vi.advanceTimersByTimeAsync(2500)
  expect(onFinish.mock.calls[0]?.[0].messages).toHaveLength(2)
  chat.stopAll()
})

it('stops though a callback fails', async () => {
  const { chat, message } = await reopened()
  const onFinish = vi.fn(() => {
    throw new Error('A mistake in a callback.')
  })
  chat.setOptions({ ...chat.getOptions(), onFinish })
  resumeReply(chat, message.id)
  vi.stubGlobal('queueMicrotask', (task: () => void) => {
    try {
      task()
    } catch {
      // The mistake, which is whoever wrote the callback's.
    }
  })
  chat.stop()
  vi.unstubAllGlobals()
  await vi.runAllTimersAsync()
  expect(onFinish).toHaveBeenCalledOnce()
  expect(chat.getState().status).toBe('ready')
})

it('needs a reply that broke off', async () => {
  const { chat, message } = await reopened()
  resumeReply(chat, message.id)
  await vi.runAllTimersAsync()
  await expect(resumeReply(chat, message.id)).rejects.toThrow('There is no stream to take up.')
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
