import { createMessage, type Message, type MessageInit, siblingsOf } from '@millrace/core'
import type { ChatStore } from '@millrace/hooks'
import { describe, expect, it } from 'vitest'
import { createTestChat } from '../test-support/test-chat.tsx'
import { askWithout, type Cut, cutsOf } from './cuts.ts'

const ask = (content: string, init: Partial<MessageInit> = {}) => createMessage({ role: 'user', content, ...init })
const answer = (content: string) =>
  createMessage({
    role: 'assistant',
    content,
    model: 'test-model',
    finishReason: 'stop',
    usage: { inputTokens: 10, outputTokens: 10, totalTokens: 20 },
  })
const failed = createMessage({ role: 'assistant', finishReason: 'error' })
const file = { type: 'file', mediaType: 'text/plain', url: 'data:,', name: 'notes.txt' } as const

const longThread = [ask('One'), answer('1'), ask('Two'), answer('2'), ask('Three'), answer('3'), ask('Four'), failed]

function longChat(messages: readonly Message[] = longThread) {
  const { store, provider } = createTestChat({ messages })
  return { store, provider }
}

const shown = (store: ChatStore) => store.getState().messages.map(({ content }) => content)
const cutsIn = (store: ChatStore) => cutsOf(store.getState())

async function askedWith({ store, provider }: ReturnType<typeof longChat>, cut: Cut | undefined): Promise<string[]> {
  if (!cut) throw new Error('Nothing can be left out.')
  void askWithout(store, cut)
  await Promise.resolve()
  await Promise.resolve()
  const body = await provider.requests[0]?.json()
  store.stop()
  return body.messages.map(({ content }: { content: unknown }) => (typeof content === 'string' ? content : 'files'))
}

describe('what can be left out', () => {
  it('is half of what came before the question, or all of it', () => {
    expect(cutsIn(longChat().store)).toEqual([
      { kind: 'turns', count: 2, tokens: 4 },
      { kind: 'turns', count: 3, tokens: 7 },
    ])
  })

  it('is nothing of a question that stands alone, but for its files', () => {
    expect(cutsIn(longChat([ask('One'), failed]).store)).toEqual([])
    expect(cutsIn(longChat([ask('One', { parts: [file] }), failed]).store)).toEqual([{ kind: 'files', count: 1 }])
  })

  it('is not the files of a question without words', () => {
    expect(cutsIn(longChat([ask('', { parts: [file] }), failed]).store)).toEqual([])
  })
})

describe('asking without', () => {
  it('the oldest turns sends what is left, and the instructions', async () => {
    const chat = longChat([createMessage({ role: 'system', content: 'Be brief.' }), ...longThread])
    expect(await askedWith(chat, cutsIn(chat.store)[0])).toEqual(['Be brief.', 'Three', '3', 'Four'])
    expect(shown(chat.store)).toEqual(['Be brief.', 'Three', '3', 'Four', ''])
  })

  it('all earlier turns sends the question alone', async () => {
    const chat = longChat()
    expect(await askedWith(chat, cutsIn(chat.store)[1])).toEqual(['Four'])
  })

  it('keeps the whole thread on a branch of its own', async () => {
    const { store } = longChat()
    void askWithout(store, { kind: 'turns', count: 2, tokens: 4 })
    store.stop()
    const first = store.getState().messages[0]?.id ?? ''
    expect(siblingsOf(store.getState(), first)).toHaveLength(2)
    store.selectBranch(first, 0)
    expect(shown(store)).toEqual(longThread.map(({ content }) => content))
  })

  it('counts nothing twice', async () => {
    const { store } = longChat()
    const before = store.getState().usage
    void askWithout(store, { kind: 'turns', count: 2, tokens: 4 })
    store.stop()
    expect(store.getState().usage).toEqual(before)
  })

  it('the files sends the words, beside the question as it was', async () => {
    const question = ask('One', { parts: [file] })
    const chat = longChat([question, failed])
    expect(await askedWith(chat, cutsIn(chat.store)[0])).toEqual(['One'])
    expect(siblingsOf(chat.store.getState(), question.id)).toHaveLength(2)
  })
})
