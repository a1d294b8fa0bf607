import { addMessage, applyChunk, createMessage, type Message } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contents, manualChat, turn } from '../test-support/manual-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pending = createMessage({ id: 'reply', role: 'assistant', status: 'pending' })
const said = (reply: Message, text: string) => applyChunk(reply, { type: 'text-delta', text })
const ended = (reply: Message) => applyChunk(reply, { type: 'message-end', finishReason: 'stop' })

function followingChat() {
  const { chat, provider } = manualChat({ messages: [{ role: 'user', content: 'Hi' }] })
  const stop = vi.fn(() => update({ ...said(pending, 'Hel'), status: 'done', finishReason: 'aborted' }))
  const update = chat.follow(addMessage(chat.getState(), pending), 'reply', stop)
  return { chat, provider, update, stop }
}

describe('a reply that is written elsewhere', () => {
  it('keeps the chat busy until it is done', () => {
    const { chat, update } = followingChat()
    expect(chat.getState().status).toBe('submitted')
    update(said(pending, 'Hel'))
    expect(chat.getState().status).toBe('streaming')
    update(ended(said(pending, 'Hello')))
    expect(chat.getState().status).toBe('ready')
    expect(contents(chat)).toEqual(['Hi', 'Hello'])
  })

  it('has what is sent meanwhile wait for it', async () => {
    const { chat, update, provider } = followingChat()
    void chat.sendMessage('Next')
    expect(chat.getState().queue).toHaveLength(1)
    update(ended(said(pending, 'Hello')))
    await turn()
    expect(provider.requests).toHaveLength(1)
    expect(contents(chat)).toEqual(['Hi', 'Hello', 'Next', ''])
  })

  it('is stopped where it is written', () => {
    const { chat, update, stop } = followingChat()
    chat.stop()
    expect(stop).toHaveBeenCalledOnce()
    expect(chat.getState().status).toBe('ready')
    update(said(pending, 'Hello'))
    expect(contents(chat)).toEqual(['Hi', 'Hel'])
  })

  it('is no request of this chat', async () => {
    const { provider } = followingChat()
    await turn()
    expect(provider.requests).toHaveLength(0)
  })
})

describe('a chat whose saved thread is being read', () => {
  it('sends what it was told to once that is there', async () => {
    const { chat, provider } = manualChat()
    let loaded = () => {}
    chat.hold(new Promise<void>((resolve) => (loaded = resolve)))
    void chat.sendMessage('Hi')
    await turn()
    expect(provider.requests).toHaveLength(0)
    loaded()
    await turn()
    expect(provider.requests).toHaveLength(1)
  })

  it('takes back what it was told to send when it goes away before', async () => {
    const { chat, provider } = manualChat()
    chat.hold(Promise.resolve())
    const reply = chat.sendMessage('Hi')
    chat.stopAll()
    expect(await reply).toMatchObject({ finishReason: 'aborted' })
    expect(provider.requests).toHaveLength(0)
  })
})
