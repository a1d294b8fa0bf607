import { ChatError, holysheep, resumable } from '@millrace/core'
import { createFakeProvider, type ManualProvider, reply, say } from '@millrace/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contents, manualChat, offlineOptions, replyingChat, turn } from '../test-support/manual-chat.ts'
import type { ChatStore } from './chat.ts'
import type { ChatOptions } from './chat-options.ts'
import { createChat } from './create-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('options', () => {
  it.each([
    ['an option that does not exist', { modle: 'gpt-4.1' }],
    ['the name of a provider', { provider: 'openai' }],
    ['the name of a wire format', { wire: 'openai-chat' }],
    ['a base URL without a scheme', { baseURL: 'localhost:8000/v1' }],
    ['a base URL that is none', { baseURL: 'nonsense' }],
    ['a key with a line break', { apiKey: 'sk-secret\n' }],
    ['an unknown pace', { pace: 'fast' }],
    ['an unknown rule for busy times', { whenBusy: 'drop' }],
    ['a timeout by another name', { timeouts: { connect: 1000 } }],
    ['a number of retries', { retry: 3 }],
    ['a header with a line break', { headers: { 'x-note': 'one\ntwo' } }],
  ])('refuses %s at the call', (_, options) => {
    expect(() => createChat(options as never)).toThrow(TypeError)
  })

  it('refuses an unknown rule for busy times with a single message as well, and loses nothing', async () => {
    const { chat } = manualChat()
    await expect(chat.sendMessage('Hi', { whenBusy: 'drop' } as never)).rejects.toThrow(/whenBusy .*queue/)
    expect(chat.getState().messages).toEqual([])
  })

  it('refuses a header with a line break with a single message as well', async () => {
    const { chat } = manualChat()
    await expect(chat.sendMessage('Hi', { headers: { 'x-note': 'one\ntwo' } })).rejects.toThrow(/x-note/)
  })

  it('does not repeat a bad key in the error', () => {
    expect(() => createChat({ apiKey: 'sk-secret\n' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('sk-secret') }),
    )
  })

  it('takes an option that is undefined for one that is not there', () => {
    expect(() => createChat({ provider: undefined, pace: undefined, whenBusy: undefined })).not.toThrow()
  })

  it('calls the callbacks of the newest options', async () => {
    const older = vi.fn()
    const newer = vi.fn()
    const { chat, provider } = manualChat({ onFinish: older })
    const reply = chat.sendMessage('Hi')
    await turn()
    chat.setOptions({ onFinish: newer })
    provider.say('Hello')
    provider.finish('stop')
    await reply
    expect(older).not.toHaveBeenCalled()
    expect(newer).toHaveBeenCalledOnce()
  })
})

describe('the option resume', () => {
  const words = ['One ', 'two ', 'three ', 'four ', 'five.']

  async function outcome(options: ChatOptions) {
    const provider = createFakeProvider({
      script: reply(say(words)),
      resumable: true,
      fault: ({ method }) => (method === 'POST' ? { name: 'cut', atByte: 800 } : undefined),
    })
    const chat = createChat({ ...offlineOptions, ...options, fetch: provider.fetch })
    const message = chat.sendMessage('Count to five.')
    await vi.runAllTimersAsync()
    return await message
  }

  it('has a lost connection go on', async () => {
    expect(await outcome({ resume: resumable() })).toMatchObject({ content: words.join(''), finishReason: 'stop' })
  })

  it('left out, a lost connection is the end of the reply', async () => {
    expect(await outcome({})).toMatchObject({ finishReason: 'incomplete' })
  })
})

describe('callbacks', () => {
  it('tell every chunk as it comes, and at the end how it ended', async () => {
    const onChunk = vi.fn()
    const onFinish = vi.fn()
    const { provider, reply } = await replyingChat('Hello', { onChunk, onFinish, pace: { everyMs: 1000 } })
    expect(onChunk).toHaveBeenLastCalledWith({ type: 'text-delta', text: 'Hello' })
    provider.finish('length')
    const message = await reply
    expect(onFinish).toHaveBeenCalledExactlyOnceWith({
      message,
      messages: [expect.anything(), message],
      finishReason: 'length',
      isAbort: false,
      isError: false,
      isDisconnect: false,
      usage: undefined,
      cost: undefined,
      timing: message.timing,
    })
  })

  it('tell what a reply used and cost', async () => {
    const onFinish = vi.fn()
    const usage = { inputTokens: 1_000_000, outputTokens: 0, totalTokens: 1_000_000 }
    const price = { input: 2, output: 8, asOf: '2026-11-25', source: 'https://model.test/prices' }
    const priced = { ...holysheep, models: [{ id: 'test-model', name: 'Test', price }] }
    const { provider, reply } = await replyingChat('Hello', { onFinish, provider: priced })
    provider.emit({ type: 'usage', usage })
    provider.finish('stop')
    await reply
    expect(onFinish.mock.calls[0]?.[0]).toMatchObject({ usage, cost: { total: 2 } })
  })

  it.each([
    ['an abort', (_: ManualProvider, chat: ChatStore) => chat.stop(), { isAbort: true, isError: false }],
    ['a lost connection', (provider: ManualProvider) => provider.lose(), { isError: true, isDisconnect: true }],
    [
      'an error of the provider',
      (provider: ManualProvider) => {
        provider.emit({ type: 'error', error: new ChatError('server-error') })
        provider.finish()
      },
      { isAbort: false, isError: true, isDisconnect: false },
    ],
  ])('tell %s from other endings', async (_, end, expected) => {
    const onFinish = vi.fn()
    const { chat, provider, reply } = await replyingChat('Half', { onFinish })
    end(provider, chat)
    await reply
    await turn()
    expect(onFinish.mock.calls[0]?.[0]).toMatchObject(expected)
  })

  it('tell an error with the reply it ended', async () => {
    const onError = vi.fn()
    const { provider, reply } = await replyingChat('Half', { onError })
    provider.lose()
    const message = await reply
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(ChatError), message)
  })

  it('do not break the reply by throwing', async () => {
    const thrown: unknown[] = []
    vi.stubGlobal('queueMicrotask', (task: () => void) => {
      try {
        task()
      } catch (error) {
        thrown.push(error)
      }
    })
    const mistake = new Error('mine')
    const { provider, reply } = await replyingChat('Hello', {
      onChunk: () => {
        throw mistake
      },
    })
    provider.finish('stop')
    expect(await reply).toMatchObject({ content: 'Hello', finishReason: 'stop' })
    expect(thrown).toContain(mistake)
    vi.unstubAllGlobals()
  })

  it('may send from the end of a reply that another interrupts: one reply at a time', async () => {
    let hasSent = false
    const { chat, provider } = await replyingChat('Hel', {
      onFinish: () => {
        if (!hasSent) void chat.sendMessage('Mine')
        hasSent = true
      },
    })
    void chat.sendMessage('Interrupting', { whenBusy: 'interrupt' })
    await turn()
    expect(chat.getState().queue).toMatchObject([{ message: { content: 'Mine' } }])
    chat.stopAll()
    await turn()
    expect(provider.requests.length).toBe(provider.cancelled)
  })

  it('do not hang the reply by throwing as a listener', async () => {
    const thrown: unknown[] = []
    const { queueMicrotask: later } = globalThis
    vi.stubGlobal('queueMicrotask', (task: () => void) =>
      later(() => {
        try {
          task()
        } catch (error) {
          thrown.push(error)
        }
      }),
    )
    const { chat, provider } = manualChat()
    chat.subscribe(() => {
      throw new Error('mine')
    })
    const reply = chat.sendMessage('Hi')
    await turn()
    provider.say('Hello')
    provider.finish('stop')
    expect(await reply).toMatchObject({ content: 'Hello', finishReason: 'stop' })
    expect(thrown.length).toBeGreaterThan(0)
    vi.unstubAllGlobals()
  })

  it('may send the next message from the end of the last', async () => {
    const { chat, provider } = manualChat({
      onFinish: ({ messages }) => {
        if (messages.length === 2) void chat.sendMessage('And?')
      },
    })
    void chat.sendMessage('Hi')
    await turn()
    provider.say('Hello')
    provider.finish('stop')
    await turn()
    expect(contents(chat)).toEqual(['Hi', 'Hello', 'And?', ''])
  })
})
