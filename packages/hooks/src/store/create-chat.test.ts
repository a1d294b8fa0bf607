import { ChatError } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { manualChat, replyingChat, replyText, turn } from '../test-support/manual-chat.ts'
import { createChat } from './create-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const contents = (chat: ReturnType<typeof createChat>) => chat.getState().messages.map(({ content }) => content)
const bodyOf = async (request: Request | undefined) => JSON.parse((await request?.clone().text()) ?? '')

describe('sending', () => {
  it('shows the message and the place of its reply at once', () => {
    const { chat } = manualChat()
    void chat.sendMessage('Hi')
    expect(chat.getState()).toMatchObject({
      status: 'submitted',
      messages: [
        { role: 'user', content: 'Hi', status: 'done' },
        { role: 'assistant', content: '', status: 'pending', model: 'test-model' },
      ],
    })
  })

  it('is streaming from the first token on', async () => {
    const { chat } = await replyingChat('Hel')
    expect(chat.getState()).toMatchObject({
      status: 'streaming',
      messages: [{}, { content: 'Hel', status: 'streaming' }],
    })
  })

  it('resolves with the reply and how it ended', async () => {
    const { chat, provider, reply } = await replyingChat('Hello')
    provider.finish('stop')
    expect(await reply).toMatchObject({ content: 'Hello', finishReason: 'stop', status: 'done' })
    expect(chat.getState().status).toBe('ready')
  })

  it('takes the model as a second string', async () => {
    const { chat, provider } = manualChat()
    void chat.sendMessage('Hi', 'other-model')
    await turn()
    expect(await bodyOf(provider.requests[0])).toMatchObject({ model: 'other-model' })
    expect(chat.getState().messages.at(-1)?.model).toBe('other-model')
  })

  it('asks with the key, the instructions, the thread so far, and what else is to be in the body', async () => {
    const messages = [
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
    ] as const
    const { chat, provider } = manualChat({
      system: 'Be brief.',
      messages,
      body: { temperature: 0 },
      headers: { 'x-a': '1' },
    })
    void chat.sendMessage('Three', { body: { top_p: 1 }, headers: { 'x-b': '2' } })
    await turn()
    const [request] = provider.requests
    expect(request?.url).toBe('http://model.test/v1/chat/completions')
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      authorization: 'Bearer test-key',
      'x-a': '1',
      'x-b': '2',
    })
    expect(await bodyOf(request)).toMatchObject({
      stream: true,
      temperature: 0,
      top_p: 1,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'One' },
        { role: 'assistant', content: 'Two' },
        { role: 'user', content: 'Three' },
      ],
    })
  })

  it('keeps the identity of every settled message while a reply grows', async () => {
    const { chat, provider } = await replyingChat('Hel')
    const [before] = chat.getState().messages
    provider.say('lo')
    await turn()
    expect(chat.getState().messages[0]).toBe(before)
    expect(replyText(chat)).toBe('Hello')
  })

  it.each(['', '  \n'])('refuses the empty message %j and leaves the thread alone', async (text) => {
    const { chat } = manualChat()
    await expect(chat.sendMessage(text)).rejects.toThrow(TypeError)
    expect(chat.getState()).toMatchObject({ status: 'ready', messages: [] })
  })

  it('refuses to send where nobody names a model, and leaves the thread alone', async () => {
    const provider = { ...(await import('@millrace/core')).holysheep, models: [] }
    const { chat } = manualChat({ provider, model: undefined })
    await expect(chat.sendMessage('Hi')).rejects.toThrow('Name a model')
    expect(chat.getState().messages).toEqual([])
  })

  it('adds up what the replies have used', async () => {
    const { chat, provider } = manualChat()
    const usage = { inputTokens: 5, outputTokens: 2, totalTokens: 7 }
    for (const text of ['One', 'Two']) {
      const reply = chat.sendMessage(text)
      await turn()
      provider.emit({ type: 'text-delta', text: 'ok' }, { type: 'usage', usage })
      provider.finish('stop')
      await reply
    }
    expect(chat.getState().usage).toEqual({ inputTokens: 10, outputTokens: 4, totalTokens: 14 })
  })

  it('measures when headers, the first and the last token came', async () => {
    const { chat, provider } = manualChat()
    const startedAt = Date.now()
    const reply = chat.sendMessage('Hi')
    await vi.advanceTimersByTimeAsync(300)
    provider.say('a')
    await vi.advanceTimersByTimeAsync(200)
    provider.say('b')
    await turn()
    provider.finish('stop')
    expect((await reply).timing).toEqual({
      startedAt,
      headersAt: startedAt,
      firstTokenAt: startedAt + 300,
      lastTokenAt: startedAt + 500,
      endedAt: startedAt + 500,
    })
  })
})

describe('stopping', () => {
  it('keeps the text it had, says aborted, and is ready', async () => {
    const { chat, reply } = await replyingChat('Hel')
    chat.stop()
    expect(chat.getState()).toMatchObject({ status: 'ready', error: undefined })
    expect(await reply).toMatchObject({ content: 'Hel', finishReason: 'aborted', status: 'done' })
  })

  it('keeps what had arrived and was not shown yet', async () => {
    const { chat, provider } = await replyingChat('Hel', { pace: { everyMs: 1000 } })
    provider.say('lo')
    await turn()
    expect(replyText(chat)).toBe('Hel')
    chat.stop()
    expect(replyText(chat)).toBe('Hello')
  })

  it('appends nothing that arrives after it', async () => {
    const { chat, provider } = await replyingChat('Hi')
    chat.stop()
    provider.say(' there')
    await turn()
    expect(replyText(chat)).toBe('Hi')
  })

  it('cancels the request, before the first token too', async () => {
    const { chat, provider } = manualChat()
    void chat.sendMessage('Hi')
    await turn()
    chat.stop()
    await turn()
    expect(provider.cancelled).toBe(1)
  })

  it('may come from whoever hears first that a reply was asked for', async () => {
    const { chat, provider } = manualChat()
    chat.subscribe(({ status }) => {
      if (status === 'submitted') chat.stop()
    })
    expect(await chat.sendMessage('Hi')).toMatchObject({ finishReason: 'aborted' })
    await turn()
    expect(chat.getState().status).toBe('ready')
    expect(provider.requests).toHaveLength(0)
  })

  it('does nothing when there is nothing to stop, or twice', async () => {
    const { chat } = await replyingChat('Hi')
    chat.stop()
    const state = chat.getState()
    chat.stop()
    expect(chat.getState()).toBe(state)
  })
})

describe('failing', () => {
  it('says what went wrong, and keeps the message', async () => {
    const { chat, provider } = manualChat()
    provider.failNext(401)
    const reply = await chat.sendMessage('Hi')
    expect(reply).toMatchObject({ finishReason: 'error', error: { code: 'unauthorized' } })
    expect(chat.getState()).toMatchObject({
      status: 'error',
      error: { code: 'unauthorized' },
      messages: [{ content: 'Hi' }, {}],
    })
  })

  it('keeps half an answer and calls it incomplete when the connection closes', async () => {
    const { chat, provider, reply } = await replyingChat('Half an')
    provider.finish()
    expect(await reply).toMatchObject({ content: 'Half an', finishReason: 'incomplete', error: { code: 'incomplete' } })
    expect(chat.getState().status).toBe('error')
  })

  it('keeps half an answer and calls it incomplete when the connection is lost', async () => {
    const { provider, reply } = await replyingChat('Half an')
    provider.lose()
    expect(await reply).toMatchObject({ content: 'Half an', finishReason: 'incomplete' })
  })

  it('says since when nothing comes, and then that the stream stalled', async () => {
    const { chat, reply } = await replyingChat('Hel', { timeouts: { stallMs: 4000 } })
    await vi.advanceTimersByTimeAsync(2500)
    expect(chat.getState().stalledForMs).toBeGreaterThanOrEqual(2000)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await reply).toMatchObject({ content: 'Hel', finishReason: 'incomplete', error: { code: 'stalled' } })
    expect(chat.getState()).toMatchObject({ status: 'error', stalledForMs: undefined })
  })

  it('tries again by itself before the first token, and says when', async () => {
    const { chat, provider } = manualChat({ retry: { attempts: 1 } })
    provider.failNext(503, { 'retry-after': '3' })
    void chat.sendMessage('Hi')
    await turn()
    expect(chat.getState()).toMatchObject({ status: 'submitted', retryAt: Date.now() + 3000 })
    await vi.advanceTimersByTimeAsync(3000)
    expect(chat.getState().retryAt).toBeUndefined()
    expect(provider.requests).toHaveLength(2)
  })

  it('goes from error to ready when the error is cleared, and keeps the messages', async () => {
    const { chat, provider } = manualChat()
    provider.failNext(500)
    await chat.sendMessage('Hi')
    chat.clearError()
    expect(chat.getState()).toMatchObject({ status: 'ready', error: undefined, messages: [{ content: 'Hi' }, {}] })
  })

  it('rejects where the request cannot be written, and leaves the thread alone', async () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const { chat } = manualChat({ body: circular })
    await expect(chat.sendMessage('Hi')).rejects.toThrow(TypeError)
    expect(chat.getState()).toMatchObject({ status: 'ready', messages: [] })
  })
})

describe('answering again', () => {
  async function answeredChat(...prompts: string[]) {
    const { chat, provider } = manualChat()
    for (const prompt of prompts) {
      const reply = chat.sendMessage(prompt)
      await turn()
      provider.say(`To ${prompt}`)
      provider.finish('stop')
      await reply
    }
    return { chat, provider }
  }

  it('regenerates the last reply in its place', async () => {
    const { chat, provider } = await answeredChat('A')
    const reply = chat.regenerate()
    await turn()
    provider.say('Again')
    provider.finish('stop')
    await reply
    expect(contents(chat)).toEqual(['A', 'Again'])
  })

  it('asks for a regenerated reply with what came before it, and nothing after', async () => {
    const { chat, provider } = await answeredChat('A', 'B')
    void chat.regenerate({ messageId: chat.getState().messages[1]?.id, model: 'other-model' })
    await turn()
    expect(await bodyOf(provider.requests.at(-1))).toMatchObject({ model: 'other-model', messages: [{ content: 'A' }] })
    expect(contents(chat)).toEqual(['A', ''])
  })

  it('takes the reply to a message by the user where that is named', async () => {
    const { chat } = await answeredChat('A', 'B')
    void chat.regenerate({ messageId: chat.getState().messages[0]?.id })
    expect(contents(chat)).toEqual(['A', ''])
  })

  it('refuses to regenerate what does not exist', async () => {
    const { chat } = manualChat()
    await expect(chat.regenerate()).rejects.toThrow(TypeError)
    await expect(chat.regenerate({ messageId: 'nobody' })).rejects.toThrow(TypeError)
  })

  it('asks again with what the reply was asked for with', async () => {
    const { chat, provider } = manualChat()
    provider.failNext(500)
    await chat.sendMessage('Hi', { model: 'other-model', headers: { 'x-a': '1' }, body: { top_p: 1 } })
    void chat.retry()
    await turn()
    expect(provider.requests.at(-1)?.headers.get('x-a')).toBe('1')
    expect(await bodyOf(provider.requests.at(-1))).toMatchObject({ model: 'other-model', top_p: 1 })
  })

  it('leaves the reply on its way alone when there is no such message', async () => {
    const { chat, provider } = await replyingChat('Hel')
    await expect(chat.regenerate({ messageId: 'nobody' })).rejects.toThrow(TypeError)
    expect(chat.getState().status).toBe('streaming')
    expect(provider.cancelled).toBe(0)
  })

  it('retries in the place of the reply that failed', async () => {
    const { chat, provider } = manualChat()
    provider.failNext(500)
    await chat.sendMessage('Hi')
    const reply = chat.retry()
    await turn()
    provider.say('Hello')
    provider.finish('stop')
    expect(await reply).toMatchObject({ content: 'Hello', finishReason: 'stop' })
    expect(contents(chat)).toEqual(['Hi', 'Hello'])
    expect(chat.getState()).toMatchObject({ status: 'ready', error: undefined })
  })
})

describe('the thread', () => {
  it('starts with the messages it is given', () => {
    const { chat } = manualChat({ messages: [{ role: 'user', content: 'Hi' }] })
    expect(chat.getState().messages).toMatchObject([{ role: 'user', content: 'Hi', status: 'done' }])
  })

  it('can be set, from what it was as well', () => {
    const { chat } = manualChat()
    chat.setMessages([{ role: 'user', content: 'A' }])
    chat.setMessages((messages) => [...messages, ...messages])
    expect(contents(chat)).toEqual(['A', 'A'])
  })

  it('goes on with its reply when it is set with that in it, and stops it otherwise', async () => {
    const { chat, provider, reply } = await replyingChat('Hel')
    chat.setMessages((messages) => messages.slice(1))
    provider.say('lo')
    await turn()
    expect(contents(chat)).toEqual(['Hello'])
    chat.setMessages([])
    expect(await reply).toMatchObject({ finishReason: 'aborted' })
    expect(chat.getState()).toMatchObject({ status: 'ready', messages: [] })
  })

  it('takes a reply for over that is set as done, and cancels its request', async () => {
    const { chat, provider } = await replyingChat('Hel')
    chat.setMessages((messages) => messages.map((message) => ({ ...message, status: 'done' as const })))
    await turn()
    expect(provider.cancelled).toBe(1)
    expect(chat.getState().status).toBe('ready')
  })

  it('takes a message for whole only where it is', async () => {
    const { chat } = manualChat({ messages: [{ role: 'user', content: 'Hi', status: 'done' }] })
    expect(chat.getState().messages[0]).toMatchObject({ id: expect.any(String), parts: [{ text: 'Hi' }] })
  })

  it('is empty and ready once it is cleared in the middle of a reply', async () => {
    const { chat, reply } = await replyingChat('Hel')
    chat.clearMessages()
    expect(chat.getState()).toMatchObject({ status: 'ready', messages: [], queue: [], usage: undefined })
    expect(await reply).toMatchObject({ finishReason: 'aborted' })
  })
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
  ])('refuses %s at the call', (_, options) => {
    expect(() => createChat(options as never)).toThrow(TypeError)
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
    })
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
