import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { manualChat, replyingChat, turn } from '../test-support/manual-chat.ts'
import type { ChatStore } from './chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const queued = (chat: ChatStore) => chat.getState().queue.map(({ message }) => message.content)
const sent = (chat: ChatStore) =>
  chat.getState().messages.flatMap(({ role, content }) => (role === 'user' ? content : []))

it('keeps a message that is sent while a reply is on its way, where it can be seen', async () => {
  const { chat } = await replyingChat('Hel')
  void chat.sendMessage('Next')
  expect(queued(chat)).toEqual(['Next'])
  expect(sent(chat)).toEqual(['Hi'])
})

it('sends what waits in order, each after the reply before it', async () => {
  const { chat, provider } = await replyingChat('Hel')
  const replies = [chat.sendMessage('B'), chat.sendMessage('C')]
  for (const text of ['lo', 'To B', 'To C']) {
    provider.say(text)
    provider.finish('stop')
    await turn()
  }
  expect(await Promise.all(replies)).toMatchObject([{ content: 'To B' }, { content: 'To C' }])
  expect(sent(chat)).toEqual(['Hi', 'B', 'C'])
  expect(queued(chat)).toEqual([])
})

it('is ready the moment a reply is stopped, and then sends what waits', async () => {
  const { chat } = await replyingChat('Hel')
  void chat.sendMessage('Next')
  chat.stop()
  expect(chat.getState().status).toBe('ready')
  await turn()
  expect(sent(chat)).toEqual(['Hi', 'Next'])
})

it('holds what waits after an error, and loses none of it', async () => {
  const { chat, provider } = await replyingChat('Hel')
  void chat.sendMessage('Next')
  provider.lose()
  await turn()
  expect(chat.getState().status).toBe('error')
  expect(queued(chat)).toEqual(['Next'])
})

it('goes on with what waits once the error is cleared', async () => {
  const { chat, provider } = await replyingChat('Hel')
  void chat.sendMessage('Next')
  provider.lose()
  await turn()
  chat.clearError()
  expect(sent(chat)).toEqual(['Hi', 'Next'])
})

it('goes on with what waits once another thread is set after an error', async () => {
  const { chat, provider } = await replyingChat('Hel')
  void chat.sendMessage('Next')
  provider.lose()
  await turn()
  chat.setMessages((messages) => messages.slice(0, 1))
  expect(sent(chat)).toEqual(['Hi', 'Next'])
})

it('goes on with the next where one cannot be asked for', async () => {
  const { chat } = await replyingChat('Hel')
  const unsendable = expect(chat.sendMessage('B', { body: { top_k: 1n } })).rejects.toThrow(TypeError)
  void chat.sendMessage('C')
  chat.stop()
  await unsendable
  await turn()
  expect(sent(chat)).toEqual(['Hi', 'C'])
})

it('puts a message that is sent after an error behind those that wait', async () => {
  const { chat, provider } = await replyingChat('Hel')
  void chat.sendMessage('B')
  provider.lose()
  await turn()
  void chat.sendMessage('C')
  expect(sent(chat)).toEqual(['Hi', 'B'])
  expect(queued(chat)).toEqual(['C'])
})

it('takes a message back before it is sent, and says so to whoever sent it', async () => {
  const { chat } = await replyingChat('Hel')
  const reply = chat.sendMessage('Next')
  const [next] = chat.getState().queue
  chat.cancelQueued(next?.message.id ?? '')
  expect(queued(chat)).toEqual([])
  expect(await reply).toMatchObject({ finishReason: 'aborted' })
})

it('settles what waits when the thread is cleared', async () => {
  const { chat } = await replyingChat('Hel')
  const reply = chat.sendMessage('Next')
  chat.clearMessages()
  expect(await reply).toMatchObject({ finishReason: 'aborted' })
  await turn()
  expect(chat.getState()).toMatchObject({ status: 'ready', messages: [], queue: [] })
})

it('interrupts the reply where that is asked for, and keeps its text', async () => {
  const { chat } = await replyingChat('Hel')
  void chat.sendMessage('Never mind', { whenBusy: 'interrupt' })
  expect(chat.getState().messages).toMatchObject([
    { content: 'Hi' },
    { content: 'Hel', finishReason: 'aborted' },
    { content: 'Never mind' },
    { status: 'pending' },
  ])
})

it('refuses while a reply is on its way where that is asked for, and leaves that reply alone', async () => {
  const { chat } = await replyingChat('Hel', { whenBusy: 'reject' })
  await expect(chat.sendMessage('Next')).rejects.toThrow('on its way')
  expect(chat.getState()).toMatchObject({ status: 'streaming', queue: [] })
})

it('sends a queued message with the model it was sent with', async () => {
  const { chat, provider } = manualChat()
  void chat.sendMessage('A')
  void chat.sendMessage('B', 'other-model')
  await turn()
  provider.say('To A')
  provider.finish('stop')
  await turn()
  expect(chat.getState().messages.at(-1)?.model).toBe('other-model')
})

describe('without a network', () => {
  /** A chat whose first message failed for want of one. */
  async function cutOffChat() {
    const { chat, provider } = await replyingChat('')
    vi.stubGlobal('navigator', { onLine: false })
    const offline = new TypeError('Failed to fetch')
    const fetch = vi.fn(provider.fetch).mockRejectedValueOnce(offline)
    chat.stop()
    chat.setOptions({ ...chat.getOptions(), fetch })
    await chat.sendMessage('A')
    return { chat, provider }
  }

  it('keeps what is sent after a message that failed for that, in order', async () => {
    const { chat } = await cutOffChat()
    void chat.sendMessage('B')
    void chat.sendMessage('C')
    await turn()
    expect(queued(chat)).toEqual(['B', 'C'])
    expect(chat.getState()).toMatchObject({ status: 'error', error: { code: 'offline' } })
  })

  it('goes on with what waits once the network is back and the failed one has been answered', async () => {
    const { chat, provider } = await cutOffChat()
    void chat.sendMessage('B')
    vi.stubGlobal('navigator', { onLine: true })
    void chat.retry()
    await turn()
    provider.say('To A')
    provider.finish('stop')
    await turn()
    expect(sent(chat)).toEqual(['Hi', 'A', 'B'])
    expect(queued(chat)).toEqual([])
  })

  it('sends at once where the last reply did not fail for that: a model on this machine needs none', async () => {
    const { chat } = await replyingChat('Hel')
    chat.stop()
    vi.stubGlobal('navigator', { onLine: false })
    void chat.sendMessage('B')
    await turn()
    expect(sent(chat)).toEqual(['Hi', 'B'])
  })
})
