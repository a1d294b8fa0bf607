import type { Message } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bodyOf, manualChat, replyingChat, replyText, turn } from '../test-support/manual-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

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
      writingMs: 200,
      longestGapMs: 200,
      endedAt: startedAt + 500,
    })
  })

  it('measures a reply from elsewhere that goes on, whose beginning nobody timed, from then on', async () => {
    const { chat, provider } = manualChat({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hel', finishReason: 'length' },
      ],
    })
    const reply = chat.continueMessage()
    const headersAt = Date.now()
    await vi.advanceTimersByTimeAsync(300)
    provider.say('lo')
    await turn()
    provider.finish('stop')
    expect((await reply).timing).toMatchObject({ startedAt: headersAt, firstTokenAt: headersAt + 300 })
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

  it('goes on where whoever hears first of the end wants that, and each promise gets its own end', async () => {
    const { chat, provider, reply } = await replyingChat('Hel')
    let rest: Promise<Message> | undefined
    chat.subscribe(({ messages }) => {
      if (messages.at(-1)?.finishReason === 'length') rest = chat.continueMessage()
    })
    provider.finish('length')
    expect(await reply).toMatchObject({ content: 'Hel', finishReason: 'length' })
    await turn()
    expect(chat.getState().status).toBe('streaming')
    provider.say('lo')
    provider.finish('stop')
    expect(await rest).toMatchObject({ content: 'Hello', finishReason: 'stop' })
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
