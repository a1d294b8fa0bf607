import { type Message, updateMessage } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { manualChat, replyingChat, turn } from '../test-support/manual-chat.ts'
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

/** A reply that grows on a branch that is not shown. */
async function chatWithHidden() {
  const { chat, provider, index, reply: hidden } = await indexedChat()
  const [user] = chat.getState().messages
  if (!user) throw new Error('Nothing was sent.')
  const shown = { ...user, id: 'shown', role: 'assistant' as const }
  chat.setThread({
    messages: [user, shown],
    forks: new Map([[user.id, { ids: [hidden, shown.id], tails: [chat.getState().messages.slice(1), []], shown: 1 }]]),
  })
  return { chat, provider, index, user, hidden, shown }
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

it('tells of every message that changed when several do at once, while one grows', async () => {
  const { chat, index, user, reply } = await indexedChat()
  const ofUser = vi.fn()
  const ofReply = vi.fn()
  index.subscribe(user, ofUser)
  index.subscribe(reply, ofReply)
  const marked = (message: Message) => ({ ...message, metadata: { seen: true } })
  chat.setThread(updateMessage(updateMessage(chat.getState(), user, marked), reply, marked))
  expect(ofUser).toHaveBeenCalledOnce()
  expect(ofReply).toHaveBeenCalledOnce()
  expect([user, reply].map((id) => index.get(id)?.metadata)).toEqual([{ seen: true }, { seen: true }])
})

it('misses nothing where a listener before it changes the chat again', async () => {
  const { chat, provider } = manualChat()
  const index = createMessageIndex(chat)
  chat.subscribe(({ messages }) => {
    if (messages.length === 2) chat.setMessages((all) => [...all, { ...all[0], id: 'added' } as never])
  })
  const listener = vi.fn()
  index.subscribe('added', listener)
  void chat.sendMessage('Hi')
  expect(index.get('added')?.content).toBe('Hi')
  expect(listener).toHaveBeenCalledOnce()
  chat.stop()
  await turn()
  expect(provider.requests.length).toBeLessThanOrEqual(1)
})

describe('branches', () => {
  it('tells the readers of a message that grows unseen, and of no other', async () => {
    const { provider, index, hidden, shown } = await chatWithHidden()
    const ofHidden = vi.fn()
    const others = vi.fn()
    index.subscribe(hidden, ofHidden)
    index.subscribe(shown.id, others)
    index.subscribeIds(others)
    provider.say('lo')
    await turn()
    expect(ofHidden).toHaveBeenCalledOnce()
    expect(index.get(hidden)?.content).toBe('Hello')
    expect(others).not.toHaveBeenCalled()
  })

  it('has the siblings of each message, the same array while one of them grows', async () => {
    const { provider, index, user, hidden, shown } = await chatWithHidden()
    const siblings = index.siblings(hidden)
    expect(siblings).toEqual([hidden, shown.id])
    provider.say('lo')
    await turn()
    expect(index.siblings(shown.id)).toBe(siblings)
    expect(index.siblings(user.id)).toBeUndefined()
  })

  it('tells of a branch that comes beside what is shown', async () => {
    const { chat, index, user, reply } = await indexedChat()
    const listener = vi.fn()
    index.subscribeIds(listener)
    const { messages } = chat.getState()
    const hidden = { ...(messages[1] as Message), id: 'hidden' }
    const fork = { ids: [reply, 'hidden'], tails: [[], [hidden]], shown: 0 }
    chat.setThread({ messages, forks: new Map([[user, fork]]) })
    expect(listener).toHaveBeenCalledOnce()
    expect(index.siblings(reply)).toEqual([reply, 'hidden'])
  })
})

it('looks at no settled message while one grows, however long the thread', async () => {
  let looks = 0
  const settled = Array.from({ length: 1000 }, (_, place) => {
    const message = { id: `m${place}`, role: 'user', parts: [], content: '', status: 'done', createdAt: 0 } as const
    return new Proxy<Message>(message, {
      get(target, name) {
        looks++
        return target[name as keyof Message]
      },
    })
  })
  const { chat, provider } = await replyingChat('Hel', { messages: settled })
  const index = createMessageIndex(chat)
  const listener = vi.fn()
  index.subscribe(chat.getState().messages.at(-1)?.id ?? '', listener)
  looks = 0
  provider.say('lo')
  await turn()
  expect(listener).toHaveBeenCalledOnce()
  expect(looks).toBe(0)
})
