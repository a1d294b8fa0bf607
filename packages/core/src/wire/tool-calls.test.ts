import { describe, expect, it } from 'vitest'
import type { Message } from '../message.ts'
import { messageOf } from '../test-support/decode.ts'
import { choice, delta, done, finish, say, toolCalls } from '../test-support/openai-chat-events.ts'

const end = finish('tool_calls') + done
const call = (id: string, toolName: string, argumentsText: string, input: unknown = JSON.parse(argumentsText)) => ({
  type: 'tool-call',
  toolCallId: id,
  toolName,
  argumentsText,
  input,
  state: 'input-available',
})
const callsIn = ({ parts }: Message) => parts.filter(({ type }) => type === 'tool-call')
/** The calls that these deltas make, one event each. */
const callsOf = (...deltas: readonly object[]) => callsIn(messageOf(toolCalls(...deltas) + end))

const begun = { index: 0, id: 'a', type: 'function', function: { name: 'look', arguments: '' } }
const goesOn = (text: string, more: object = {}) => ({ index: 0, function: { arguments: text }, ...more })

describe('a tool call', () => {
  it('is put together from its deltas', () => {
    expect(callsOf(begun, goesOn('{"at":'), goesOn('1}'))).toEqual([call('a', 'look', '{"at":1}')])
  })

  it('is one of two at different indexes that share an id', () => {
    const second = { index: 1, id: 'a', type: 'function', function: { name: 'look', arguments: '' } }
    const deltas = [begun, second, goesOn('{"at":1}'), { index: 1, function: { arguments: '{"at":2}' } }]
    expect(callsOf(...deltas)).toEqual([call('a', 'look', '{"at":1}'), call('call_1', 'look', '{"at":2}')])
  })

  it('may come whole in one delta', () => {
    expect(callsOf({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at":1}' } })).toEqual([
      call('a', 'look', '{"at":1}'),
    ])
  })

  it('may come in the chunk of the finish reason', () => {
    const whole = { index: 0, id: 'a', function: { name: 'look', arguments: '{}' } }
    expect(messageOf(choice({ delta: { tool_calls: [whole] }, finish_reason: 'tool_calls' }) + done)).toMatchObject({
      parts: [call('a', 'look', '{}')],
      finishReason: 'tool-calls',
    })
  })

  it('may stand beside others, its deltas mixed with theirs', () => {
    const second = { index: 1, id: 'b', function: { name: 'find', arguments: '{"x"' } }
    expect(callsOf(begun, second, goesOn('{"at"'), { ...goesOn(':2}'), index: 1 }, goesOn(':1}'))).toEqual([
      call('a', 'look', '{"at":1}'),
      call('b', 'find', '{"x":2}'),
    ])
  })

  it('may share its delta with others', () => {
    const both = [begun, { index: 1, id: 'b', function: { name: 'find', arguments: '{}' } }]
    expect(callsIn(messageOf(delta({ tool_calls: both }) + end))).toEqual([
      call('a', 'look', '', {}),
      call('b', 'find', '{}'),
    ])
  })

  it.each([1, -1, 1e9])('may have %d as its first index', (index) => {
    expect(callsOf({ ...begun, index }, goesOn('{"at":1}', { index }))).toEqual([call('a', 'look', '{"at":1}')])
  })

  it('may have no index: what has no id either goes to the last call', () => {
    const bare = ({ index: _, ...rest }: { index: number }) => rest
    const next = { id: 'b', function: { name: 'find', arguments: '{"x":' } }
    expect(callsOf(bare(begun), bare(goesOn('{"at":')), bare(goesOn('1}')), next, bare(goesOn('2}')))).toEqual([
      call('a', 'look', '{"at":1}'),
      call('b', 'find', '{"x":2}'),
    ])
  })

  it('may have no index and repeat its id', () => {
    const repeated = (text: string) => ({ id: 'a', function: { name: 'look', arguments: text } })
    expect(callsOf(repeated('{"at":'), repeated('1}'))).toEqual([call('a', 'look', '{"at":1}')])
  })

  it.each(['', null, 'null', undefined])('goes on with the id %j', (id) => {
    expect(callsOf(begun, goesOn('{"at":', { id }), goesOn('1}', { id }))).toEqual([call('a', 'look', '{"at":1}')])
  })

  it('may repeat its id and name in every delta', () => {
    const repeated = (text: string) => ({ ...begun, function: { name: 'look', arguments: text } })
    expect(callsOf(repeated('{"at":'), repeated('1}'))).toEqual([call('a', 'look', '{"at":1}')])
  })

  it.each(['', null])('keeps its name where a later delta says %j', (name) => {
    expect(callsOf(begun, { index: 0, function: { name, arguments: '{}' } })).toEqual([call('a', 'look', '{}')])
  })

  it('waits for a name that comes after the first arguments', () => {
    const named = { index: 0, function: { name: 'look' } }
    expect(callsOf({ index: 0, id: 'a', function: { arguments: '{"at":' } }, named, goesOn('1}'))).toEqual([
      call('a', 'look', '{"at":1}'),
    ])
  })

  it('is not lost where its name never comes', () => {
    expect(callsOf({ index: 0, id: 'a', function: { arguments: '{}' } })).toEqual([call('a', '', '{}')])
  })

  it('gets an id of its own where the provider sends none', () => {
    const nameless = (index: number) => ({ index, id: '', function: { name: 'look', arguments: '{}' } })
    const ids = callsOf(nameless(0), nameless(1)).map((part) => 'toolCallId' in part && part.toolCallId)
    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain('')
  })

  it('is another one where another id comes at its index', () => {
    const second = { index: 0, id: 'b', function: { name: 'find', arguments: '{"x":' } }
    expect(callsOf(begun, goesOn('{"at":1}'), second, goesOn('2}'))).toEqual([
      call('a', 'look', '{"at":1}'),
      call('b', 'find', '{"x":2}'),
    ])
  })

  it('may be a function call of the old form', () => {
    const old =
      delta({ function_call: { name: 'look', arguments: '{"at":' } }) + delta({ function_call: { arguments: '1}' } })
    expect(messageOf(old + finish('function_call') + done)).toMatchObject({
      parts: [{ toolName: 'look', input: { at: 1 }, state: 'input-available' }],
      finishReason: 'tool-calls',
    })
  })

  it('comes after the text before it, and before the text after it', () => {
    expect(messageOf(say('a') + toolCalls(begun) + say('b') + end).parts).toMatchObject([
      { type: 'text', text: 'a', state: 'done' },
      { type: 'tool-call', toolCallId: 'a' },
      { type: 'text', text: 'b', state: 'done' },
    ])
  })

  it('may be named like what every object has', () => {
    const odd = {
      index: 0,
      id: '__proto__',
      function: { name: '__proto__', arguments: '{"__proto__":{"polluted":1}}' },
    }
    const [found] = callsOf(odd, { index: 1, id: 'constructor', function: { name: 'toString', arguments: '{}' } })
    expect(found).toMatchObject({ toolCallId: '__proto__', toolName: '__proto__' })
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

describe('arguments', () => {
  it('are an empty object where there are none', () => {
    expect(callsOf(begun)).toEqual([call('a', 'look', '', {})])
  })

  it.each([null, undefined])('may be %j in a delta', (nothing) => {
    expect(callsOf({ ...begun, function: { name: 'look', arguments: nothing } }, goesOn('{"at":1}'))).toEqual([
      call('a', 'look', '{"at":1}'),
    ])
  })

  it('may be an object instead of its JSON', () => {
    expect(callsOf({ ...begun, function: { name: 'look', arguments: { at: [1] } } })).toEqual([
      call('a', 'look', '{"at":[1]}'),
    ])
  })

  it('that are no JSON fail their call, and no other', () => {
    const second = { index: 1, id: 'b', function: { name: 'find', arguments: '{}' } }
    expect(callsOf(begun, goesOn('{at: 1}'), second)).toMatchObject([
      { argumentsText: '{at: 1}', state: 'output-error', errorText: expect.any(String) },
      { state: 'input-available' },
    ])
  })

  it.each([null, 'a', 7, []])('are ignored where the call is %j', (odd) => {
    expect(
      messageOf(delta({ tool_calls: [odd] }) + delta({ tool_calls: odd }) + say('a') + finish() + done),
    ).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })
})

describe('the end of a reply with calls', () => {
  it('is tool-calls, though the provider says stop', () => {
    expect(messageOf(toolCalls(begun) + finish('stop') + done)).toMatchObject({
      parts: [{ state: 'input-available' }],
      finishReason: 'tool-calls',
    })
  })

  it('makes its calls whole with [DONE] alone', () => {
    expect(messageOf(toolCalls(begun) + done)).toMatchObject({
      parts: [{ state: 'input-available' }],
      finishReason: 'unknown',
    })
  })

  it.each([
    ['the reply reached its length', finish('length') + done, 'length'],
    ['the content filter stopped it', finish('content_filter') + done, 'content-filter'],
    ['the provider failed', finish('error') + done, 'error'],
    ['the connection closed', '', 'incomplete'],
  ])('leaves a call unfinished where %s', (_, tail, finishReason) => {
    const message = messageOf(toolCalls(begun, goesOn('{}')) + tail)
    expect(message).toMatchObject({ parts: [{ argumentsText: '{}', state: 'input-streaming' }], finishReason })
    expect(message.parts[0]).not.toHaveProperty('input')
  })
})
