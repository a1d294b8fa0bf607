import { describe, expect, it } from 'vitest'
import { encode } from '../test-support/bytes.ts'
import { everyCut } from '../test-support/cuts.ts'
import { chunksOf, messageFrom, messageOf } from '../test-support/decode.ts'
import { ollama } from './ollama.ts'

const line = (payload: object) => `${JSON.stringify(payload)}\n`
const delta = (message: object) => line({ model: 'm', message: { role: 'assistant', ...message }, done: false })
const say = (content: string) => delta({ content })
const done = (rest: object = { done_reason: 'stop' }) =>
  line({ model: 'm', message: { role: 'assistant', content: '' }, done: true, ...rest })
const call = (name: string, input: unknown, rest: object = {}) => ({ ...rest, function: { name, arguments: input } })
const read = (body: string) => messageOf(body, { wire: ollama })

describe('text and thinking', () => {
  it('are the content of the lines, joined', () => {
    expect(read(say('Xin ') + say('chào 👋') + done())).toMatchObject({
      content: 'Xin chào 👋',
      model: 'm',
      finishReason: 'stop',
    })
  })

  it('come thought first', () => {
    const events = delta({ content: '', thinking: 'Hm' }) + delta({ content: 'Yes', thinking: 'm' })
    expect(read(events + done()).parts).toMatchObject([
      { type: 'reasoning', text: 'Hmm' },
      { type: 'text', text: 'Yes' },
    ])
  })

  it('may ride on the last line', () => {
    expect(read(done({ done_reason: 'stop', message: { content: 'all' } })).content).toBe('all')
  })

  it('are read from /api/generate as well', () => {
    const generated = line({ response: 'a', thinking: 'Hm', done: false }) + line({ response: 'b', done: true })
    expect(read(generated)).toMatchObject({ content: 'ab', parts: [{ text: 'Hm' }, { text: 'ab' }] })
  })
})

describe('tool calls', () => {
  it('come whole in lines of their own, without ids, and a stop with one is a call', () => {
    const calls = delta({ tool_calls: [call('look', { at: 1 })] }) + delta({ tool_calls: [call('find', { q: 'a' })] })
    expect(read(calls + done())).toMatchObject({
      parts: [
        { toolCallId: 'call_0', toolName: 'look', input: { at: 1 }, state: 'input-available' },
        { toolCallId: 'call_1', toolName: 'find', input: { q: 'a' }, state: 'input-available' },
      ],
      finishReason: 'tool-calls',
    })
  })

  it('keep an id, and read arguments that are text', () => {
    const event = delta({ tool_calls: [call('look', '{"at":1}', { id: 'c1' }), call('find', undefined)] })
    expect(read(event + done()).parts).toMatchObject([
      { toolCallId: 'c1', input: { at: 1 } },
      { toolCallId: 'call_1', input: {} },
    ])
  })

  it('do not hide another finish reason', () => {
    expect(read(delta({ tool_calls: [call('look', {})] }) + done({ done_reason: 'length' })).finishReason).toBe(
      'length',
    )
  })
})

describe('usage', () => {
  it.each([
    [
      { prompt_eval_count: 3, eval_count: 4 },
      { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
    ],
    [{ eval_count: 4 }, { inputTokens: 0, outputTokens: 4, totalTokens: 4 }],
    [{}, undefined],
  ])('of %j', (counts, usage) => {
    expect(read(say('a') + done({ done_reason: 'stop', ...counts })).usage).toEqual(usage)
  })
})

describe('the finish reason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['load', 'unknown'],
    ['unload', 'unknown'],
    ['constructor', 'unknown'],
    [undefined, 'unknown'],
  ])('%s means %s', (reason, finishReason) => {
    const message = read(say('a') + done({ done_reason: reason }))
    expect(message).toMatchObject({ content: 'a', finishReason })
    expect(message).not.toHaveProperty('error')
  })

  it('comes with the line that says done, and nothing after it', () => {
    expect(read(`${say('a') + done() + say('b')}oops`)).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it('needs no line feed after it', () => {
    expect(read((say('a') + done()).trimEnd()).finishReason).toBe('stop')
  })
})

describe('a stream that ends too early', () => {
  it('is incomplete and keeps its text', () => {
    expect(read(say('a'))).toMatchObject({ content: 'a', finishReason: 'incomplete', error: { code: 'incomplete' } })
    expect(read(`${say('a')}{"model":"m","mess`)).toMatchObject({ content: 'a', finishReason: 'incomplete' })
  })

  it('is never a stop, wherever it is cut', () => {
    const whole = say('Hello') + delta({ tool_calls: [call('look', { at: 1 })] }) + say(' there') + done()
    for (const [beginning] of everyCut(encode(whole.trimEnd())))
      expect(['incomplete', 'error']).toContain(messageFrom(chunksOf([beginning], { wire: ollama })).finishReason)
  })
})

describe('errors and other bodies', () => {
  it.each([
    ['in the stream', say('a'), 'a'],
    ['as the only line', '', ''],
  ])('reads an error %s', (_, before, content) => {
    expect(read(before + line({ error: 'model runner has stopped' }))).toMatchObject({
      content,
      finishReason: 'error',
      error: { code: 'provider-error', message: expect.stringContaining('model runner has stopped') },
    })
  })

  it('reads an error that is printed over several lines', () => {
    const body = JSON.stringify({ error: { message: 'nope', code: 401 } }, null, 2)
    expect(read(body)).toMatchObject({ parts: [], error: { code: 'unauthorized' } })
  })

  it('reads an answer that was not streamed, printed over several lines', () => {
    const body = { model: 'm', message: { content: 'a' }, done: true, done_reason: 'stop' }
    expect(read(JSON.stringify(body, null, 2))).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it('ignores what it does not know', () => {
    expect(read(line({ status: 'pulling' }) + say('a') + delta({ mood: 'good' }) + done())).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it.each([
    ['a page of HTML', '<!doctype html>\n<title>Hi</title>\n', 'not-a-stream'],
    ['server-sent events', 'data: {"message":{"content":"a"},"done":true}\n\n', 'not-a-stream'],
    ['lines of another format', '{"choices":[{"delta":{"content":"a"}}]}\n', 'not-a-stream'],
    ['a line that is no JSON', `${line({ status: 'ok' })}{"model":\n`, 'malformed-event'],
  ])('says so of %s', (_, body, code) => {
    expect(read(body)).toMatchObject({ content: '', parts: [], error: { code, excerpt: expect.any(String) } })
  })
})
