import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChatError } from './errors.ts'
import { exportThread, importThread } from './export-thread.ts'
import { createMessage, type Message } from './message.ts'
import { addMessage, createThread, selectBranch, type Thread, updateMessage } from './thread.ts'

const message = (id: string, rest: Partial<Message> = {}): Message =>
  createMessage({ id, role: 'user', content: id, createdAt: 0, ...rest })

const thread = addMessage(
  createThread([message('question'), message('one'), message('more')]),
  message('two'),
  'question',
)

describe('a thread that was exported and imported', () => {
  it('has its branches, and shows the one it showed', () => {
    expect(importThread(exportThread(thread))).toEqual({ ...thread, id: undefined, title: undefined })
    const older = selectBranch(thread, 'two', 0)
    expect(importThread(exportThread(older))).toMatchObject(older)
  })

  it('has everything that a message has', () => {
    const reply = message('reply', {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Hm', state: 'done', durationMs: 12, signature: 's' },
        {
          type: 'tool-call',
          toolCallId: 'c',
          toolName: 't',
          argumentsText: '{}',
          input: {},
          state: 'output-available',
        },
        { type: 'file', mediaType: 'image/png', data: 'AAAA' },
        { type: 'source', url: 'https://example.com' },
        { type: 'data', name: 'chart', data: [1, { two: null }] },
      ],
      model: 'm',
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3, reasoningTokens: 1 },
      timing: { startedAt: 1, headersAt: 2, firstTokenAt: 3, lastTokenAt: 4, endedAt: 5 },
      metadata: { responseId: 'r', tags: ['a'] },
    })
    expect(importThread(exportThread(createThread([reply]))).messages).toEqual([reply])
  })

  it('has its errors as errors', () => {
    const error = new ChatError('rate-limited', { status: 429, retryAfterMs: 1000, provider: 'p', what: 'Too fast.' })
    const failed = message('reply', { role: 'assistant', finishReason: 'error', error })
    const [imported] = importThread(exportThread(createThread([failed]))).messages
    expect(imported?.error).toBeInstanceOf(ChatError)
    expect({ ...imported?.error, message: imported?.error?.message }).toEqual({ ...error, message: error.message })
  })

  it('says what it was called', () => {
    expect(importThread(exportThread(thread, { id: 'x', title: 'Hi' }))).toMatchObject({ id: 'x', title: 'Hi' })
  })

  it('has no reply on its way', () => {
    const streaming = message('reply', { role: 'assistant', status: 'streaming' })
    expect(importThread(exportThread(createThread([streaming]))).messages[0]).toMatchObject({
      content: 'reply',
      status: 'done',
      finishReason: 'incomplete',
      error: { code: 'incomplete' },
    })
  })

  it('is the same after anything that can be done to a thread', () => {
    const step = fc.tuple(fc.constantFrom('append', 'fork', 'select', 'change'), fc.nat(), fc.nat(4))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let grown: Thread = createThread()
        const added: string[] = []
        for (const [kind, place, index] of steps) {
          const at = added[place % Math.max(1, added.length)] ?? ''
          if (kind === 'select') grown = selectBranch(grown, at, index)
          else if (kind === 'change') grown = updateMessage(grown, at, (each) => ({ ...each, model: String(index) }))
          else {
            const id = `m${added.length}`
            added.push(id)
            grown = addMessage(grown, message(id), kind === 'fork' ? at : undefined)
          }
        }
        const { messages, forks } = importThread(exportThread(grown))
        expect({ messages, forks }).toEqual(grown)
      }),
    )
  })
})

describe('what is no thread', () => {
  const spoilt = (change: (file: { messages: Record<string, unknown>[] } & Record<string, unknown>) => void) => {
    const file = JSON.parse(exportThread(thread))
    change(file)
    return () => importThread(JSON.stringify(file))
  }
  const part = (parts: unknown) => spoilt(({ messages }) => Object.assign(messages[1] ?? {}, { parts }))
  const field = (fields: object) => spoilt(({ messages }) => Object.assign(messages[1] ?? {}, fields))

  it.each([
    ['no JSON', () => importThread('{'), 'The thread is no JSON.'],
    ['no object', () => importThread('[]'), 'The thread has to be an object.'],
    ['another format', spoilt((file) => Object.assign(file, { format: 'x' })), 'format has to be "millrace-thread".'],
    ['no version', spoilt((file) => delete file.version), 'version has to be a number.'],
    ['a newer version', spoilt((file) => Object.assign(file, { version: 2 })), 'version has to be at most 1'],
    ['no messages', spoilt((file) => Object.assign(file, { messages: {} })), 'messages has to be a list.'],
    ['no message', spoilt(({ messages }) => messages.splice(0, 1, 1 as never)), 'messages[0] has to be an object.'],
    ['an unknown role', field({ role: 'bot' }), 'messages[1].role has to be one of system, user'],
    ['no id', field({ id: '' }), 'messages[1].id has to be'],
    ['an id twice', field({ id: 'question' }), 'messages[1].id has to be that of no message before.'],
    ['a parent that is not there', field({ parentId: 'nobody' }), 'messages[1].parentId has to be the id of a message'],
    ['a place that is none', field({ place: -1 }), 'messages[1].place has to be a whole number.'],
    ['an unknown part', part([{ type: 'video' }]), 'messages[1].parts[0].type has to be one of text'],
    ['a part without text', part([{ type: 'text', state: 'done' }]), 'messages[1].parts[0].text has to be a string.'],
    ['an error without a code', field({ error: {} }), 'messages[1].error.code has to be a string.'],
    ['usage that is none', field({ usage: 3 }), 'messages[1].usage has to be an object.'],
  ])('%s is refused', (_, read, complaint) => {
    expect(read).toThrow(TypeError)
    expect(read).toThrow(complaint)
  })

  it('messages after each other in a circle are refused', () => {
    const circle = spoilt(({ messages }) => {
      Object.assign(messages[0] ?? {}, { parentId: messages[1]?.id })
    })
    expect(circle).toThrow('circle')
  })
})
