import { describe, expect, it } from 'vitest'
import { ChatError } from '../errors.ts'
import { createMessage, type Message, type MessageInit, type Part, type ToolCallPart } from '../message.ts'
import { writeFile } from './openai-chat-file.ts'
import { openaiChatBody } from './openai-chat-request.ts'
import type { ChatRequest } from './wire-format.ts'

/** The body as it is sent: what JSON leaves out is not there. */
function bodyOf(request: Partial<ChatRequest>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(openaiChatBody({ model: 'm', messages: [], ...request }, writeFile)))
}

const sent = (...messages: readonly Message[]) => bodyOf({ messages }).messages
const user = (init: Partial<MessageInit>) => createMessage({ role: 'user', ...init })
const reply = (init: Partial<MessageInit>) => createMessage({ role: 'assistant', ...init })

describe('the body', () => {
  it('asks the model for a stream and for usage', () => {
    expect(bodyOf({ messages: [user({ content: 'Hi' })] })).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  it('is overridden by the body of the request', () => {
    expect(bodyOf({ body: { model: 'other', temperature: 0 } })).toMatchObject({ model: 'other', temperature: 0 })
  })

  it('goes without what the body of the request sets to undefined', () => {
    expect(bodyOf({ body: { stream_options: undefined } })).not.toHaveProperty('stream_options')
  })

  it('tells of the tools', () => {
    const tool = { name: 'look', description: 'Looks', parameters: { type: 'object' } }
    expect(bodyOf({ tools: [tool] }).tools).toEqual([{ type: 'function', function: tool }])
  })
})

describe('the messages', () => {
  it('begin with the instructions', () => {
    expect(bodyOf({ system: 'Be brief.', messages: [user({ content: 'Hi' })] }).messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ])
  })

  it('are sent in order, whatever their role', () => {
    expect(
      sent(createMessage({ role: 'system', content: 'a' }), user({ content: 'b' }), reply({ content: 'c' })),
    ).toEqual([
      { role: 'system', content: 'a' },
      { role: 'user', content: 'b' },
      { role: 'assistant', content: 'c' },
    ])
  })

  it('hold the text of a reply, not its reasoning, sources or data', () => {
    const parts: Part[] = [
      { type: 'reasoning', text: 'Hm', state: 'done' },
      { type: 'text', text: 'Yes', state: 'done' },
      { type: 'source', url: 'https://a.test' },
      { type: 'data', name: 'note', data: 1 },
    ]
    expect(sent(reply({ parts }))).toEqual([{ role: 'assistant', content: 'Yes' }])
  })

  it('leave out a reply that failed before its first word', () => {
    const failed = reply({ finishReason: 'error', error: new ChatError('network') })
    expect(sent(user({ content: 'Hi' }), failed, user({ content: 'Again' }))).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'user', content: 'Again' },
    ])
  })

  it('keep what a reply had said before it failed', () => {
    expect(sent(reply({ content: 'Half', finishReason: 'incomplete' }))).toEqual([
      { role: 'assistant', content: 'Half' },
    ])
  })
})

describe('files', () => {
  const content = (...parts: readonly Part[]) => sent(user({ content: 'Look', parts }))

  it('are sent beside the text', () => {
    expect(content({ type: 'file', mediaType: 'image/png', url: 'https://a.test/b.png' })).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'https://a.test/b.png' } },
        ],
      },
    ])
  })

  it.each([
    [
      'an image in bytes',
      { mediaType: 'image/png', data: 'AAAA' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    ],
    [
      'a document',
      { mediaType: 'application/pdf', data: 'AAAA', name: 'a.pdf' },
      { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } },
    ],
  ])('may be %s', (_, file, expected) => {
    expect(content({ type: 'file', ...file })).toMatchObject([{ content: [{ type: 'text' }, expected] }])
  })

  it('do not bring the data of the application along', () => {
    const file: Part = { type: 'file', mediaType: 'image/png', data: 'AAAA' }
    expect(content(file, { type: 'data', name: 'note', data: 'secret' })).toEqual(content(file))
  })
})

describe('tool calls', () => {
  const call: ToolCallPart = {
    type: 'tool-call',
    toolCallId: 'a',
    toolName: 'look',
    argumentsText: '{"at":1}',
    state: 'output-available',
    output: 'Fog',
  }
  const asSent = { id: 'a', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }

  const thought: Part = { type: 'reasoning', text: 'Fog?', state: 'done' }
  const said: Part = { type: 'text', text: 'It is foggy.', state: 'done' }

  it.each(['deepseek-v4-pro', 'deepseek/deepseek-v3.2', 'moonshotai/Kimi-K2-Thinking'])(
    'go back with what was thought, where %s asks for it',
    (model) => {
      expect(bodyOf({ model, messages: [reply({ parts: [thought, call, said] })] }).messages).toEqual([
        { role: 'assistant', content: null, reasoning_content: 'Fog?', tool_calls: [asSent] },
        { role: 'tool', tool_call_id: 'a', content: 'Fog' },
        { role: 'assistant', content: 'It is foggy.', reasoning_content: '' },
      ])
    },
  )

  it('go without a thought to a server that may not know the field, and a thought without calls goes to none', () => {
    expect(JSON.stringify(sent(reply({ parts: [thought, call, said] })))).not.toContain('reasoning_content')
    const messages = [reply({ parts: [thought, said] })]
    expect(JSON.stringify(bodyOf({ model: 'deepseek-v4-pro', messages }))).not.toContain('reasoning_content')
  })

  it('are followed by what they returned', () => {
    expect(sent(reply({ content: 'Wait.', parts: [call] }))).toEqual([
      { role: 'assistant', content: 'Wait.', tool_calls: [asSent] },
      { role: 'tool', tool_call_id: 'a', content: 'Fog' },
    ])
  })

  it('stand between what was said before them and what was said knowing their outcome', () => {
    const text = (said: string): Part => ({ type: 'text', text: said, state: 'done' })
    const second = { ...call, toolCallId: 'b', output: 'Sun' }
    const steps = reply({ parts: [text('I look.'), call, text('Fog. Once more.'), second, text('Sun.')] })
    expect(sent(steps)).toEqual([
      { role: 'assistant', content: 'I look.', tool_calls: [asSent] },
      { role: 'tool', tool_call_id: 'a', content: 'Fog' },
      { role: 'assistant', content: 'Fog. Once more.', tool_calls: [{ ...asSent, id: 'b' }] },
      { role: 'tool', tool_call_id: 'b', content: 'Sun' },
      { role: 'assistant', content: 'Sun.' },
    ])
  })

  it('of one step go together', () => {
    const other = { ...call, toolCallId: 'b' }
    expect(sent(reply({ parts: [call, other] }))).toMatchObject([
      { tool_calls: [asSent, { id: 'b' }] },
      { role: 'tool', tool_call_id: 'a' },
      { role: 'tool', tool_call_id: 'b' },
    ])
  })

  it('may come without text', () => {
    expect(sent(reply({ parts: [call] }))).toMatchObject([{ content: null, tool_calls: [asSent] }, { role: 'tool' }])
  })

  it.each([
    ['JSON of what was returned', { output: { sky: ['fog'] } }, '{"sky":["fog"]}'],
    ['a text as it is', { output: 'Fog' }, 'Fog'],
    ['an empty text where nothing was returned', { output: undefined }, ''],
    ['the failure of the tool', { state: 'output-error', errorText: 'Too dark' }, 'Too dark'],
  ] as const)('are answered with %s', (_, outcome, content) => {
    expect(sent(reply({ parts: [{ ...call, ...outcome }] }))).toMatchObject([{}, { role: 'tool', content }])
  })

  it('have an empty object for the arguments that were none', () => {
    expect(sent(reply({ parts: [{ ...call, argumentsText: '' }] }))).toMatchObject([
      { tool_calls: [{ function: { arguments: '{}' } }] },
      {},
    ])
  })

  it.each(['input-streaming', 'input-available', 'approval-requested'] as const)('are left out while %s', (state) => {
    expect(sent(reply({ content: 'Wait.', parts: [{ ...call, state }] }))).toEqual([
      { role: 'assistant', content: 'Wait.' },
    ])
    expect(sent(reply({ parts: [{ ...call, state }] }))).toEqual([])
  })

  it('are left out where the provider ran them itself', () => {
    expect(sent(reply({ content: 'Done.', parts: [{ ...call, providerExecuted: true }] }))).toEqual([
      { role: 'assistant', content: 'Done.' },
    ])
  })
})
