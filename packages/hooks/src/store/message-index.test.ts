import { createMessage, type Fork, type Message, updateMessage } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { manualChat, replyingChat, turn } from '../test-support/manual-chat.ts'
import type { ChatState } from './chat-state.ts'
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

describe('where several replies come in one commit', () => {
  const message = (id: string, content: string): Message => createMessage({ id, role: 'assistant', content })
  const user = message('u', 'Hi')

  /** An index of a store that a test fills by hand. */
  function handMade(messages: readonly Message[], tails: Fork['tails']) {
    const forks = new Map([['u', { ids: ['a', 'b'], tails, shown: 0 }]])
    const idle = { queue: [], usage: undefined, error: undefined, retryAt: undefined, stalledForMs: undefined }
    const first: ChatState = { ...idle, status: 'streaming', messages, forks, replyIds: ['a', 'b', 'c'] }
    const store = createStore(() => first)
    return { index: createMessageIndex(store), store, forks }
  }

  it('tells of each that is shown', () => {
    const { index, store } = handMade([user, message('a', 'A'), message('q', 'More'), message('c', 'C')], [[], []])
    const listeners = { a: vi.fn(), q: vi.fn(), c: vi.fn() }
    for (const [id, listener] of Object.entries(listeners)) index.subscribe(id, listener)
    const { messages } = store.getState()
    store.setState({ messages: messages.with(1, message('a', 'AA')).with(3, message('c', 'CC')) })
    expect(['a', 'q', 'c'].map((id) => index.get(id)?.content)).toEqual(['AA', 'More', 'CC'])
    expect(Object.values(listeners).map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1])
  })

  it('tells of each, shown or not', () => {
    const { index, store, forks } = handMade([user, message('a', 'A')], [[], [message('b', 'B')]])
    const listeners = { u: vi.fn(), a: vi.fn(), b: vi.fn() }
    for (const [id, listener] of Object.entries(listeners)) index.subscribe(id, listener)
    const ofIds = vi.fn()
    index.subscribeIds(ofIds)
    const fork = { ...(forks.get('u') as Fork), tails: [[], [message('b', 'BB')]] }
    store.setState({ messages: [user, message('a', 'AA')], forks: new Map([['u', fork]]) })
    expect(['a', 'b'].map((id) => index.get(id)?.content)).toEqual(['AA', 'BB'])
    expect(Object.values(listeners).map(({ mock }) => mock.calls.length)).toEqual([0, 1, 1])
    expect(ofIds).not.toHaveBeenCalled()
  })
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
