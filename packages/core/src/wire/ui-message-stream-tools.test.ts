import { describe, expect, it } from 'vitest'
import { applyChunk, reopenMessage } from '../apply-chunk.ts'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { uiMessageStream } from './ui-message-stream.ts'

const event = (payload: object) => `data: ${JSON.stringify(payload)}\n\n`
const tool = (type: string, rest: object = {}) =>
  event({ type: `tool-${type}`, toolCallId: 'c1', toolName: 'look', ...rest })
const input = (rest: object = {}) => tool('input-available', { input: { at: 1 }, ...rest })
const finish = (finishReason?: string) => event({ type: 'finish', finishReason })
const done = 'data: [DONE]\n\n'
const read = (body: string) => messageOf(body, { wire: uiMessageStream })
const isCut = { state: 'input-streaming' }

describe('a call that is left to the client', () => {
  it('is read from its deltas, and its input does not repeat them', () => {
    const deltas = tool('input-delta', { inputTextDelta: '{"at"' }) + tool('input-delta', { inputTextDelta: ':1}' })
    expect(read(tool('input-start') + deltas + input() + finish('tool-calls') + done)).toMatchObject({
      parts: [
        { toolCallId: 'c1', toolName: 'look', argumentsText: '{"at":1}', input: { at: 1 }, state: 'input-available' },
      ],
      finishReason: 'tool-calls',
    })
  })

  it.each([
    ['with its beginning', tool('input-start')],
    ['alone', ''],
  ])('is read from its input %s', (_, before) => {
    expect(read(before + input() + finish('tool-calls') + done).parts).toMatchObject([
      { argumentsText: '{"at":1}', input: { at: 1 }, state: 'input-available' },
    ])
  })

  it.each([
    ['stop', finish('stop') + done],
    ['no reason', finish()],
  ])('makes %s a reply that ended in calls', (_, events) => {
    expect(read(input() + events).finishReason).toBe('tool-calls')
  })

  it('is whole only once the message is', () => {
    const types = chunksOf(input() + finish('tool-calls') + done, { wire: uiMessageStream }).map(({ type }) => type)
    expect(types).toEqual(['tool-call-start', 'tool-call-delta', 'tool-call-end', 'message-end'])
  })

  it('may have the id of an earlier one', () => {
    const again = tool('input-start', { toolName: 'find' }) + input({ toolName: 'find', input: { q: 'a' } })
    expect(
      read(input() + tool('output-available', { output: 1 }) + again + finish('tool-calls') + done).parts,
    ).toMatchObject([
      { toolName: 'look', state: 'output-available', output: 1 },
      { toolName: 'find', input: { q: 'a' }, state: 'input-available' },
    ])
  })
})

describe('a call that its server runs once a person has agreed', () => {
  const asked = input() + tool('approval-request', { approvalId: 'a1' })

  it('asks for that', () => {
    expect(read(asked + finish('stop') + done)).toMatchObject({
      parts: [{ input: { at: 1 }, state: 'approval-requested', approvalId: 'a1' }],
      finishReason: 'tool-calls',
    })
  })

  it('has its outcome from a later stream', () => {
    const waiting = read(asked + finish('tool-calls') + done)
    const chunks = chunksOf(tool('output-available', { output: 1 }) + finish('stop') + done, { wire: uiMessageStream })
    const reply = chunks.reduce((message, chunk) => applyChunk(message, chunk), reopenMessage(waiting))
    expect(reply).toMatchObject({ parts: [{ state: 'output-available', output: 1 }], finishReason: 'stop' })
  })
})

describe('a call that nobody may run', () => {
  it.each([
    ['waits for an approval without a name', input() + tool('approval-request')],
    ['never got its input', tool('input-start') + tool('input-delta', { inputTextDelta: '{"at":1}' })],
  ])('%s', (_, events) => {
    expect(read(events + finish('stop') + done)).toMatchObject({ parts: [isCut], finishReason: 'stop' })
  })

  it.each([
    ['a stream that breaks off', ''],
    ['an abort', event({ type: 'abort' }) + done],
    ['an error', event({ type: 'error', errorText: 'no' }) + done],
    ['a finish that is an error', finish('error') + done],
  ])('came before %s, since the server may have run it', (_, ending) => {
    expect(read(input() + ending).parts).toMatchObject([isCut])
  })

  it.each([
    [
      'has an output',
      input() + tool('output-available', { output: 'sun' }),
      { output: 'sun', state: 'output-available' },
    ],
    ['failed', input() + tool('output-error', { errorText: 'no' }), { errorText: 'no', state: 'output-error' }],
    ['was denied', input() + tool('output-denied'), { state: 'output-error' }],
    [
      'has wrong input',
      tool('input-error', { input: 'x', errorText: 'no' }),
      { errorText: 'no', state: 'output-error' },
    ],
    [
      'has a later output',
      input() + tool('output-available', { output: 1, preliminary: true }) + tool('output-available', { output: 2 }),
      { output: 2, state: 'output-available' },
    ],
  ])('was run by the server and %s', (_, events, outcome) => {
    expect(read(events + finish('stop') + done)).toMatchObject({ parts: [outcome], finishReason: 'stop' })
  })

  it('is run by the provider, and whole with its input', () => {
    const events = tool('input-start', { providerExecuted: true }) + input({ providerExecuted: true })
    expect(read(events + tool('output-available', { providerExecuted: true }) + finish('stop') + done)).toMatchObject({
      parts: [{ providerExecuted: true, input: {}, state: 'output-available' }],
      finishReason: 'stop',
    })
  })
})

describe('tool events without a call', () => {
  it.each(['input-delta', 'output-available', 'output-error', 'approval-request'])('ignores %s', (type) => {
    expect(read(tool(type, { inputTextDelta: '{}' }) + finish('stop') + done)).toMatchObject({
      parts: [],
      finishReason: 'stop',
    })
  })
})
