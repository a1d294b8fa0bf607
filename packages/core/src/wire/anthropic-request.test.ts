import { describe, expect, it } from 'vitest'
import { createMessage, type Message, type MessageInit, type Part, type ToolCallPart } from '../message.ts'
import { anthropic } from './anthropic.ts'
import type { ChatRequest } from './wire-format.ts'

const target = { baseURL: 'https://api.test/v1', apiKey: 'sk-1' }

/** The body as it is sent: what JSON leaves out is not there. */
function bodyOf(request: Partial<ChatRequest>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(anthropic.request({ model: 'claude-m', messages: [], ...request }, target).body))
}

const sent = (...messages: readonly Message[]) => bodyOf({ messages }).messages
const user = (init: Partial<MessageInit>) => createMessage({ role: 'user', ...init })
const reply = (init: Partial<MessageInit>) => createMessage({ role: 'assistant', ...init })
const text = (content: string) => ({ type: 'text', text: content })
const said = (content: string): Part => ({ type: 'text', text: content, state: 'done' })
const thought = (content: string, signature?: string): Part => ({
  type: 'reasoning',
  text: content,
  state: 'done',
  ...(signature && { signature }),
})
const call = (toolCallId: string, outcome: Partial<ToolCallPart> = { output: 'ok' }): ToolCallPart => ({
  type: 'tool-call',
  toolCallId,
  toolName: 'look',
  argumentsText: '{"a":1}',
  input: { a: 1 },
  state: 'output-available',
  ...outcome,
})
const toolUse = (id: string) => ({ type: 'tool_use', id, name: 'look', input: { a: 1 } })
const result = (id: string, content = 'ok') => ({ type: 'tool_result', tool_use_id: id, content })

describe('the request', () => {
  it('goes to /messages with the key and the headers a browser needs', () => {
    expect(anthropic.request({ model: 'm', messages: [], headers: { 'x-a': 'b' } }, target)).toMatchObject({
      url: 'https://api.test/v1/messages',
      headers: {
        'x-api-key': 'sk-1',
        'anthropic-version': '2023-06-01',
        'anthropic-dangerous-direct-browser-access': 'true',
        'x-a': 'b',
      },
    })
  })

  it('names no key where there is none', () => {
    const { headers } = anthropic.request({ model: 'm', messages: [] }, { baseURL: '/v1' })
    expect(headers).not.toHaveProperty('x-api-key')
  })

  it('asks the model for a stream, with the limit that is demanded', () => {
    expect(bodyOf({ messages: [user({ content: 'Hi' })] })).toEqual({
      model: 'claude-m',
      max_tokens: 4096,
      messages: [{ role: 'user', content: [text('Hi')] }],
      stream: true,
    })
  })

  it('is overridden by the body of the request', () => {
    const body = bodyOf({ body: { max_tokens: 9, stream: undefined } })
    expect(body).toMatchObject({ max_tokens: 9 })
    expect(body).not.toHaveProperty('stream')
  })

  it('tells of the tools', () => {
    const tools = [{ name: 'look', description: 'Looks', parameters: { type: 'object', required: [] } }, { name: 'go' }]
    expect(bodyOf({ tools }).tools).toEqual([
      { name: 'look', description: 'Looks', input_schema: { type: 'object', required: [] } },
      { name: 'go', input_schema: { type: 'object', properties: {} } },
    ])
  })

  it('puts all instructions in front of the messages', () => {
    const messages = [createMessage({ role: 'system', content: 'Be kind.' }), user({ content: 'Hi' })]
    expect(bodyOf({ system: 'Be brief.', messages })).toMatchObject({
      system: 'Be brief.\n\nBe kind.',
      messages: [{ role: 'user' }],
    })
  })
})

describe('the turns', () => {
  it('take neighbours of one role together', () => {
    expect(
      sent(user({ content: 'a' }), user({ content: 'b' }), reply({ content: 'c' }), user({ content: 'd' })),
    ).toEqual([
      { role: 'user', content: [text('a'), text('b')] },
      { role: 'assistant', content: [text('c')] },
      { role: 'user', content: [text('d')] },
    ])
  })

  it('begin with the user', () => {
    expect(sent(reply({ content: 'Hello.' }), user({ content: 'Hi' }))).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [text('Hello.')] },
      { role: 'user', content: [text('Hi')] },
    ])
  })

  it('leave out a reply that failed before its first word, and blank text', () => {
    expect(sent(user({ content: 'a' }), reply({}), user({ content: ' \n' }), user({ content: 'b' }))).toEqual([
      { role: 'user', content: [text('a'), text('b')] },
    ])
  })

  it('end in no space where the model is to go on', () => {
    expect(sent(user({ content: 'a ' }), reply({ content: 'and then \n' }))).toEqual([
      { role: 'user', content: [text('a ')] },
      { role: 'assistant', content: [text('and then')] },
    ])
  })

  it('keep the space at the end of all other texts', () => {
    expect(sent(user({ content: 'a ' }), reply({ content: 'b ' }), user({ content: 'c ' }))).toEqual([
      { role: 'user', content: [text('a ')] },
      { role: 'assistant', content: [text('b ')] },
      { role: 'user', content: [text('c ')] },
    ])
  })

  it('hold the text of a reply, not its sources, refusals and data', () => {
    const parts: Part[] = [
      { type: 'source', url: 'https://a.test' },
      said('Hi'),
      { type: 'refusal', text: 'No', state: 'done' },
      { type: 'data', name: 'd', data: 1 },
    ]
    expect(sent(user({ content: 'a' }), reply({ parts }), user({ content: 'b' }))).toMatchObject([
      {},
      { content: [text('Hi')] },
      {},
    ])
  })
})

describe('files', () => {
  it.each([
    [
      'an image',
      { mediaType: 'image/png', data: 'AAAA' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
    ],
    [
      'an image in its URL',
      { mediaType: 'image/png', url: 'data:image/png;base64,AAAA' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
    ],
    [
      'an image elsewhere',
      { mediaType: 'image/png', url: 'https://a.test/i.png' },
      { type: 'image', source: { type: 'url', url: 'https://a.test/i.png' } },
    ],
    [
      'a document',
      { mediaType: 'application/pdf', data: 'AAAA', name: 'a.pdf' },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' }, title: 'a.pdf' },
    ],
    [
      'a document elsewhere',
      { mediaType: 'application/pdf', url: 'https://a.test/a.pdf' },
      { type: 'document', source: { type: 'url', url: 'https://a.test/a.pdf' } },
    ],
    [
      'text of any kind',
      { mediaType: 'text/markdown', data: 'w6k=' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'é' } },
    ],
  ])('are sent: %s', (_, file, block) => {
    expect(sent(user({ content: 'See', parts: [{ type: 'file', ...file }] }))).toEqual([
      { role: 'user', content: [text('See'), block] },
    ])
  })
})

describe('tool calls', () => {
  const ask = user({ content: 'a' })
  const turnsAfter = (...parts: Part[]) => (sent(ask, reply({ parts })) as unknown[]).slice(1)

  it('are followed by their results, in a turn of the user', () => {
    expect(turnsAfter(said('Let me see.'), call('x'), call('y', { output: { b: 2 } }), said('Done.'))).toEqual([
      { role: 'assistant', content: [text('Let me see.'), toolUse('x'), toolUse('y')] },
      { role: 'user', content: [result('x'), result('y', '{"b":2}')] },
      { role: 'assistant', content: [text('Done.')] },
    ])
  })

  it('have their results before what the user says next', () => {
    expect(sent(ask, reply({ parts: [call('x')] }), user({ content: 'Go on' }))).toMatchObject([
      {},
      { role: 'assistant' },
      { role: 'user', content: [result('x'), text('Go on')] },
    ])
  })

  it('that failed say so', () => {
    const failed: Partial<ToolCallPart> = { state: 'output-error', errorText: 'Oh' }
    expect(turnsAfter(call('x', failed))).toMatchObject([{}, { content: [{ ...result('x', 'Oh'), is_error: true }] }])
  })

  it('whose input was no object are sent without any', () => {
    const broken: Partial<ToolCallPart> = {
      input: undefined,
      argumentsText: '{"a',
      state: 'output-error',
      errorText: 'Oh',
    }
    expect(turnsAfter(call('x', broken))).toMatchObject([{ content: [{ type: 'tool_use', input: {} }] }, {}])
  })

  it.each<[string, Partial<ToolCallPart>]>([
    ['without an outcome', { state: 'input-available' }],
    ['that were cut short', { state: 'input-streaming' }],
    ['that the provider ran', { providerExecuted: true }],
  ])('%s are left out', (_, state) => {
    expect(turnsAfter(said('Hm'), call('x', state))).toEqual([{ role: 'assistant', content: [text('Hm')] }])
  })

  it('go without the characters in other providers’ ids that are refused here', () => {
    expect(turnsAfter(call('functions.look:0'))).toMatchObject([
      { content: [toolUse('functions_look_0')] },
      { content: [result('functions_look_0')] },
    ])
  })
})

describe('reasoning', () => {
  const ask = user({ content: 'a' })
  const thinking = { type: 'thinking', thinking: 'Hm', signature: 'sig' }

  it('goes back with its signature where it led to a call', () => {
    const parts = [thought('Hm', 'sig'), said('See:'), call('x'), thought('So', 'sig2'), said('Done.')]
    expect(sent(ask, reply({ parts }))).toMatchObject([
      {},
      { content: [thinking, text('See:'), toolUse('x')] },
      { content: [result('x')] },
      { content: [text('Done.')] },
    ])
  })

  it('goes back as it came where it was kept secret', () => {
    expect(sent(ask, reply({ parts: [thought('', 'redacted:abc'), call('x')] }))).toMatchObject([
      {},
      { content: [{ type: 'redacted_thinking', data: 'abc' }, toolUse('x')] },
      {},
    ])
  })

  it('stays here without a signature', () => {
    expect(sent(ask, reply({ parts: [thought('Hm'), call('x')] }))).toMatchObject([{}, { content: [toolUse('x')] }, {}])
  })

  it.each([
    ['claude-m-20260101', [thinking, toolUse('x')]],
    ['anthropic/claude-n', [thinking, toolUse('x')]],
    ['gpt-9', [toolUse('x')]],
  ])('of %s goes only to models of its family', (model, content) => {
    const parts = [thought('Hm', 'sig'), call('x'), said('Done.')]
    expect(sent(ask, reply({ model, parts }), user({ content: 'b' }))).toMatchObject([{}, { content }, {}, {}, {}])
  })

  it('of a running tool loop goes back, whatever the model calls itself', () => {
    expect(sent(ask, reply({ model: 'alias', parts: [thought('Hm', 'sig'), call('x')] }))).toMatchObject([
      {},
      { content: [thinking, toolUse('x')] },
      {},
    ])
  })
})
