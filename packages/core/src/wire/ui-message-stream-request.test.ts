import { describe, expect, it } from 'vitest'
import { createMessage, type MessageInit, type Part, type ToolCallPart } from '../message.ts'
import { uiMessageStream } from './ui-message-stream.ts'
import type { ChatRequest } from './wire-format.ts'

const request = (rest: Partial<ChatRequest> = {}, apiKey?: string) =>
  uiMessageStream.request({ messages: [], model: '', ...rest }, { baseURL: '/api/chat', apiKey })
/** The body as it goes over the wire, where keys that hold undefined are gone. */
const bodyOf = (rest: Partial<ChatRequest>) => JSON.parse(JSON.stringify(request(rest).body))
const messagesOf = (...messages: readonly MessageInit[]) => bodyOf({ messages: messages.map(createMessage) }).messages
const partsOf = (...parts: readonly Part[]) => messagesOf({ role: 'assistant', parts })[0]?.parts

const text = (content: string): Part => ({ type: 'text', text: content, state: 'done' })
const call = (rest: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool-call',
  toolCallId: 'c1',
  toolName: 'look',
  argumentsText: '{"at":1}',
  output: 'sun',
  state: 'output-available',
  ...rest,
})
const step = { type: 'step-start' }

describe('a request', () => {
  it('goes to the route itself', () => {
    expect(request()).toMatchObject({ url: '/api/chat', headers: {} })
    expect(request({ headers: { 'x-a': 'b' } }, 'k').headers).toEqual({ authorization: 'Bearer k', 'x-a': 'b' })
  })

  it('has what useChat posts', () => {
    const messages = [
      createMessage({ id: 'u1', role: 'user', content: 'Hi', metadata: { mood: 'good' } }),
      createMessage({ id: 'a1', role: 'assistant', content: 'Hello' }),
    ]
    expect(bodyOf({ messages })).toEqual({
      id: 'u1',
      messages: [
        { id: 'u1', role: 'user', metadata: { mood: 'good' }, parts: [{ type: 'text', text: 'Hi' }] },
        { id: 'a1', role: 'assistant', parts: [step, { type: 'text', text: 'Hello' }] },
      ],
      trigger: 'submit-message',
    })
  })

  it('sends along what a route may ask the client for', () => {
    const parameters = { type: 'object' }
    expect(
      bodyOf({ model: 'm', system: 'Be brief.', tools: [{ name: 'look', description: 'Looks.', parameters }] }),
    ).toMatchObject({
      model: 'm',
      system: 'Be brief.',
      tools: { look: { description: 'Looks.', parameters } },
    })
  })

  it('may be changed, and what is set to undefined is left out', () => {
    const messages = [createMessage({ id: 'u1', role: 'user', content: 'Hi' })]
    expect(bodyOf({ messages, body: { id: 'chat-1', trigger: 'regenerate-message', messages: undefined } })).toEqual({
      id: 'chat-1',
      trigger: 'regenerate-message',
    })
  })
})

describe('a message', () => {
  it('has the id that the route gave it', () => {
    expect(messagesOf({ id: 'a1', role: 'assistant', content: 'Hi', metadata: { responseId: 'm1' } })).toMatchObject([
      { id: 'm1' },
    ])
  })

  it.each<[string, Part, object]>([
    ['an address', { type: 'file', mediaType: 'image/png', url: 'https://a.test' }, { url: 'https://a.test' }],
    ['bytes', { type: 'file', mediaType: 'image/png', data: 'AA==' }, { url: 'data:image/png;base64,AA==' }],
    [
      'named',
      { type: 'file', mediaType: 'image/png', url: 'https://a.test', name: 'a.png' },
      { url: 'https://a.test', filename: 'a.png' },
    ],
  ])('has a file that is %s', (_, file, expected) => {
    expect(messagesOf({ role: 'user', parts: [file] })[0].parts).toEqual([
      { type: 'file', mediaType: 'image/png', ...expected },
    ])
  })

  it('has a source', () => {
    expect(partsOf({ type: 'source', url: 'https://a.test', title: 'A' })).toEqual([
      step,
      { type: 'source-url', sourceId: 'https://a.test', url: 'https://a.test', title: 'A' },
    ])
  })

  it('gives reasoning back with what its provider sent along', () => {
    const providerMetadata = { anthropic: { signature: 's' } }
    const signature = JSON.stringify(providerMetadata)
    expect(partsOf({ type: 'reasoning', text: 'Hm', state: 'done', signature })).toEqual([
      step,
      { type: 'reasoning', text: 'Hm', providerMetadata },
    ])
  })

  it.each(['sig', '', '12'])('has no signature %j of another format', (signature) => {
    expect(partsOf({ type: 'reasoning', text: 'Hm', state: 'done', signature })[1]).toEqual({
      type: 'reasoning',
      text: 'Hm',
    })
  })

  it('has each call with its outcome, and a step for what was said after it', () => {
    expect(partsOf(text('Wait.'), call(), text('Sunny.'))).toEqual([
      step,
      { type: 'text', text: 'Wait.' },
      { type: 'tool-look', toolCallId: 'c1', state: 'output-available', input: { at: 1 }, output: 'sun' },
      step,
      { type: 'text', text: 'Sunny.' },
    ])
  })

  it('says that a call failed', () => {
    expect(partsOf(call({ state: 'output-error', errorText: 'no' }))[1]).toEqual({
      type: 'tool-look',
      toolCallId: 'c1',
      state: 'output-error',
      input: { at: 1 },
      errorText: 'no',
    })
  })

  it.each<[string, MessageInit]>([
    ['failed before its first word', { role: 'assistant' }],
    ['is a call without an outcome', { role: 'assistant', parts: [call({ state: 'input-available' })] }],
    ['is data of the application', { role: 'user', parts: [{ type: 'data', name: 'a', data: 1 }] }],
    ['has the role tool', { role: 'tool', content: 'sun' }],
  ])('is not sent where it %s', (_, message) => {
    expect(messagesOf(message)).toEqual([])
  })
})
