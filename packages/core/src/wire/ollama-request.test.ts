import { describe, expect, it } from 'vitest'
import { createMessage, type MessageInit, type Part, type ToolCallPart } from '../message.ts'
import { ollama } from './ollama.ts'
import type { ChatRequest } from './wire-format.ts'

const target = { baseURL: 'http://localhost:11434' }
const request = (rest: Partial<ChatRequest> = {}) => ollama.request({ messages: [], model: 'm', ...rest }, target)
/** The body as it goes over the wire, where keys that hold undefined are gone. */
const bodyOf = (rest: Partial<ChatRequest>) => JSON.parse(JSON.stringify(request(rest).body))
const messagesOf = (...messages: readonly MessageInit[]) => bodyOf({ messages: messages.map(createMessage) }).messages

const call = (rest: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool-call',
  toolCallId: 'call_0',
  toolName: 'look',
  argumentsText: '{"at":1}',
  output: 'sun',
  state: 'output-available',
  ...rest,
})

describe('where a request goes', () => {
  it('is /api/chat', () => {
    expect(request()).toMatchObject({ url: 'http://localhost:11434/api/chat', headers: {} })
  })

  it('has a key where there is one', () => {
    const { headers } = ollama.request(
      { messages: [], model: 'm', headers: { 'x-a': 'b' } },
      { ...target, apiKey: 'k' },
    )
    expect(headers).toEqual({ authorization: 'Bearer k', 'x-a': 'b' })
  })
})

describe('the body of a request', () => {
  it('has the model and the text of each turn', () => {
    const messages = [
      createMessage({ role: 'user', content: 'Hi' }),
      createMessage({ role: 'assistant', content: 'Hello' }),
    ]
    expect(bodyOf({ messages, system: 'Be brief.' })).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ],
      stream: true,
    })
  })

  it.each<[string, Part, string[] | undefined]>([
    ['bytes', { type: 'file', mediaType: 'image/png', data: 'AA==' }, ['AA==']],
    ['a data URL', { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' }, ['AA==']],
  ])('has a file that is %s', (_, file, images) => {
    expect(messagesOf({ role: 'user', content: 'See', parts: [file] })[0].images).toEqual(images)
  })

  it('has a call with the thought that led to it, then what it returned, then what was said knowing that', () => {
    const thought: Part = { type: 'reasoning', text: 'Hm', state: 'done' }
    const parts: Part[] = [thought, call(), { type: 'text', text: 'Sunny.', state: 'done' }]
    expect(messagesOf({ role: 'assistant', parts })).toEqual([
      {
        role: 'assistant',
        content: '',
        thinking: 'Hm',
        tool_calls: [{ function: { name: 'look', arguments: { at: 1 } } }],
      },
      { role: 'tool', tool_name: 'look', content: 'sun' },
      { role: 'assistant', content: 'Sunny.' },
    ])
  })

  it.each<[string, Partial<ToolCallPart>, string]>([
    ['text as it stands', { output: 'sun' }, 'sun'],
    ['anything else as JSON', { output: { sky: 'blue' } }, '{"sky":"blue"}'],
    ['nothing as nothing', { output: undefined }, ''],
    ['a failure by its text', { errorText: 'no', state: 'output-error' }, 'no'],
  ])('has %s of what a tool returned', (_, rest, content) => {
    expect(messagesOf({ role: 'assistant', parts: [call(rest)] })[1]).toMatchObject({ role: 'tool', content })
  })

  it.each<[string, MessageInit]>([
    ['that failed before its first word', { role: 'assistant' }],
    ['that is a call without an outcome', { role: 'assistant', parts: [call({ state: 'input-available' })] }],
  ])('has no reply %s', (_, message) => {
    expect(messagesOf(message)).toEqual([])
  })

  it('has the tools as functions', () => {
    const parameters = { type: 'object' }
    expect(bodyOf({ tools: [{ name: 'look', parameters }] }).tools).toEqual([
      { type: 'function', function: { name: 'look', parameters } },
    ])
  })

  it('may be changed, and what is set to undefined is left out', () => {
    expect(bodyOf({ body: { think: true, stream: undefined } })).toEqual({ model: 'm', messages: [], think: true })
  })
})
