import { describe, expect, it } from 'vitest'
import { createMessage, type Message, type MessageInit, type Part, type ToolCallPart } from '../message.ts'
import { messageOf } from '../test-support/decode.ts'
import { event } from '../test-support/openai-chat-events.ts'
import { openaiResponses } from './openai-responses.ts'
import type { ChatRequest } from './wire-format.ts'

const target = { baseURL: 'https://api.test/v1', apiKey: 'sk-1' }

/** The body as it is sent: what JSON leaves out is not there. */
function bodyOf(request: Partial<ChatRequest>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(openaiResponses.request({ model: 'gpt-m', messages: [], ...request }, target).body))
}

const sent = (...messages: readonly Message[]) => bodyOf({ messages }).input
const user = (init: Partial<MessageInit>) => createMessage({ role: 'user', ...init })
const reply = (...parts: readonly Part[]) => createMessage({ role: 'assistant', parts })
const said = (text: string): Part => ({ type: 'text', text, state: 'done' })
const call = (toolCallId: string, outcome: Partial<ToolCallPart> = { output: 'ok' }): ToolCallPart => ({
  type: 'tool-call',
  toolCallId,
  toolName: 'look',
  argumentsText: '{"a":1}',
  state: 'output-available',
  ...outcome,
})
const functionCall = (call_id: string) => ({ type: 'function_call', call_id, name: 'look', arguments: '{"a":1}' })
const functionOutput = (call_id: string, output = 'ok') => ({ type: 'function_call_output', call_id, output })

describe('the request', () => {
  it('goes to /responses with the key', () => {
    expect(openaiResponses.request({ model: 'm', messages: [], headers: { 'x-a': 'b' } }, target)).toMatchObject({
      url: 'https://api.test/v1/responses',
      headers: { authorization: 'Bearer sk-1', 'x-a': 'b' },
    })
  })

  it('names no key where there is none', () => {
    expect(openaiResponses.request({ model: 'm', messages: [] }, { baseURL: '/v1' }).headers).toEqual({})
  })

  it('asks the model for a stream', () => {
    expect(bodyOf({ system: 'Be brief.', messages: [user({ content: 'Hi' })] })).toEqual({
      model: 'gpt-m',
      instructions: 'Be brief.',
      input: [{ role: 'user', content: 'Hi' }],
      stream: true,
    })
  })

  it('is overridden by the body of the request', () => {
    const body = bodyOf({ body: { store: false, stream: undefined } })
    expect(body).toMatchObject({ store: false })
    expect(body).not.toHaveProperty('stream')
  })

  it('tells of the tools, whose schemas need not be strict', () => {
    const parameters = { type: 'object' }
    expect(bodyOf({ tools: [{ name: 'look', description: 'Looks', parameters }, { name: 'go' }] }).tools).toEqual([
      { type: 'function', name: 'look', description: 'Looks', parameters, strict: false },
      { type: 'function', name: 'go', parameters: { type: 'object', properties: {} }, strict: false },
    ])
  })
})

describe('the input', () => {
  it('holds the messages in order', () => {
    expect(sent(createMessage({ role: 'system', content: 'a' }), user({ content: 'b' }), reply(said('c')))).toEqual([
      { role: 'system', content: 'a' },
      { role: 'user', content: 'b' },
      { role: 'assistant', content: 'c' },
    ])
  })

  describe('of a thought that only its provider can read', () => {
    const item = { type: 'reasoning', id: 'rs_1', encrypted_content: 'e30=' }
    const done = (wire: object, index: number) =>
      event({ type: 'response.output_item.done', output_index: index, item: wire })
    const body =
      done({ ...item, summary: [{ type: 'summary_text', text: 'Hm' }] }, 0) +
      done({ type: 'function_call', call_id: 'a', name: 'look', arguments: '{"a":1}' }, 1) +
      event({ type: 'response.completed', response: { model: 'gpt-m' } })
    const { parts } = messageOf(body, { wire: openaiResponses })
    const answered = [...parts.slice(0, 1), call('a')]

    it('holds it as it came, before the call that it led to', () => {
      expect(sent(reply(...answered))).toEqual([
        { ...item, summary: [{ type: 'summary_text', text: 'Hm' }] },
        functionCall('a'),
        functionOutput('a'),
      ])
    })

    it('leaves it out where it led to no call, or another model is asked', () => {
      expect(sent(reply(...parts.slice(0, 1), said('Yes.')))).toEqual([{ role: 'assistant', content: 'Yes.' }])
      const other = createMessage({ role: 'assistant', parts: answered, model: 'other' })
      expect(sent(other, user({ content: 'And?' }))).toHaveLength(3)
    })
  })

  it('holds the text of a reply, not its reasoning, sources, refusals and data', () => {
    const parts: Part[] = [
      { type: 'reasoning', text: 'Hm', state: 'done' },
      said('Hi'),
      { type: 'source', url: 'https://a.test' },
      { type: 'refusal', text: 'No', state: 'done' },
      { type: 'data', name: 'd', data: 1 },
    ]
    expect(sent(reply(...parts))).toEqual([{ role: 'assistant', content: 'Hi' }])
  })

  it('leaves out a reply that failed before its first word', () => {
    expect(sent(user({ content: 'a' }), reply())).toEqual([{ role: 'user', content: 'a' }])
  })

  it.each([
    [
      'an image',
      { mediaType: 'image/png', data: 'AAAA' },
      { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
    ],
    [
      'an image elsewhere',
      { mediaType: 'image/png', url: 'https://a.test/i.png' },
      { type: 'input_image', image_url: 'https://a.test/i.png' },
    ],
    [
      'a document',
      { mediaType: 'application/pdf', data: 'AAAA', name: 'a.pdf' },
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
    ],
    [
      'a document elsewhere',
      { mediaType: 'application/pdf', url: 'https://a.test/a.pdf' },
      { type: 'input_file', file_url: 'https://a.test/a.pdf' },
    ],
  ])('holds files: %s', (_, file, content) => {
    expect(sent(user({ content: 'See', parts: [{ type: 'file', ...file }] }))).toEqual([
      { role: 'user', content: [{ type: 'input_text', text: 'See' }, content] },
    ])
  })
})

describe('tool calls', () => {
  it('are items, and so are their outputs', () => {
    const parts = [said('Let me see.'), call('x'), call('y', { output: { b: 2 } }), said('Done.')]
    expect(sent(reply(...parts))).toEqual([
      { role: 'assistant', content: 'Let me see.' },
      functionCall('x'),
      functionCall('y'),
      functionOutput('x'),
      functionOutput('y', '{"b":2}'),
      { role: 'assistant', content: 'Done.' },
    ])
  })

  it.each<[string, Partial<ToolCallPart>, string]>([
    ['failed', { state: 'output-error', errorText: 'Oh' }, 'Oh'],
    ['returned nothing', {}, ''],
  ])('that %s have an output too', (_, outcome, output) => {
    expect(sent(reply(call('x', outcome)))).toEqual([functionCall('x'), functionOutput('x', output)])
  })

  it('without arguments have empty ones', () => {
    expect(sent(reply(call('x', { argumentsText: '', output: 1 })))).toMatchObject([
      { arguments: '{}' },
      { output: '1' },
    ])
  })

  it.each<[string, Partial<ToolCallPart>]>([
    ['without an outcome', { state: 'input-available' }],
    ['that were cut short', { state: 'input-streaming' }],
    ['that the provider ran', { providerExecuted: true }],
  ])('%s are left out', (_, state) => {
    expect(sent(reply(said('Hm'), call('x', state)))).toEqual([{ role: 'assistant', content: 'Hm' }])
  })
})
