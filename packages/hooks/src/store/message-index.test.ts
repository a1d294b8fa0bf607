import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { replyingChat, turn } from '../test-support/manual-chat.ts'
import { createMessageIndex } from './message-index.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function indexedChat() {
  const { chat, provider } = await replyingChat('Hel')
  const [user = '', reply = ''] = chat.getState().messages.map(({ id }) => id)
  return { chat, provider, index: createMessageIndex(chat), user, reply }
}

it('tells the readers of the message that grows, and of no other', async () => {
  const { provider, index, user, reply } = await indexedChat()
  const ofUser = vi.fn()
  const ofReply = vi.fn()
  index.subscribe(user, ofUser)
  index.subscribe(reply, ofReply)
  provider.say('lo')
  await turn()
  expect(ofReply).toHaveBeenCalledOnce()
  expect(ofUser).not.toHaveBeenCalled()
  expect(index.get(reply)?.content).toBe('Hello')
})

it('keeps the list of ids while a message grows, and tells when one comes', async () => {
  const { chat, provider, index } = await indexedChat()
  const listener = vi.fn()
  index.subscribeIds(listener)
  const ids = index.ids()
  provider.say('lo')
  await turn()
  expect(index.ids()).toBe(ids)
  expect(listener).not.toHaveBeenCalled()
  chat.setMessages((messages) => [...messages, { ...messages[0], id: 'new' } as never])
  expect(listener).toHaveBeenCalledOnce()
  expect(index.ids()).toEqual([...ids, 'new'])
})

it('tells the readers of a message that goes', async () => {
  const { chat, index, user } = await indexedChat()
  const listener = vi.fn()
  index.subscribe(user, listener)
  chat.clearMessages()
  expect(listener).toHaveBeenCalled()
  expect(index.get(user)).toBeUndefined()
})

it('is right without anybody listening', async () => {
  const { provider, index, reply } = await indexedChat()
  expect(index.get(reply)?.content).toBe('Hel')
  provider.say('lo')
  await turn()
  expect(index.get(reply)?.content).toBe('Hello')
})
