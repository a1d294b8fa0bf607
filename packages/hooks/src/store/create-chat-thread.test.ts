import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bodyOf, contents, manualChat, replyingChat, turn } from '../test-support/manual-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
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

  it('goes on after all that has come of a reply, also what is not shown yet', async () => {
    const { chat, provider } = await replyingChat('One', { pace: { everyMs: 1000 } })
    provider.say(' two')
    await turn()
    expect(contents(chat)).toEqual(['Hi', 'One'])
    void chat.continueMessage()
    await turn()
    expect((await bodyOf(provider.requests[1])).messages[1]).toMatchObject({ role: 'assistant', content: 'One two' })
    chat.stop()
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
    chat.setMessages((messages) => messages.map((message) => ({ ...message, content: 'B' })))
    expect(contents(chat)).toEqual(['B'])
  })

  it('refuses two messages with one id, and stays as it is', () => {
    const { chat } = manualChat({ messages: [{ role: 'user', content: 'A' }] })
    expect(() => chat.setMessages((messages) => [...messages, ...messages])).toThrow('the same id')
    expect(contents(chat)).toEqual(['A'])
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

  it('loses nothing of a reply on its way when it is set as it was a moment ago', async () => {
    const { chat, provider, reply } = await replyingChat('Hel')
    const { messages } = chat.getState()
    provider.say('lo')
    await turn()
    chat.setMessages(messages.slice(1))
    provider.finish('stop')
    expect(await reply).toMatchObject({ content: 'Hello' })
    expect(contents(chat)).toEqual(['Hello'])
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
