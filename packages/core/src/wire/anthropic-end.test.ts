import { describe, expect, it } from 'vitest'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { event } from '../test-support/openai-chat-events.ts'
import { anthropic } from './anthropic.ts'

const wire = anthropic
const read = (body: string) => messageOf(body, { wire })
const errorsOf = (body: string) => chunksOf(body, { wire }).filter(({ type }) => type === 'error')

const start = (id = 'msg_1') => event({ type: 'message_start', message: { id, model: 'claude-m', content: [] } })
const say = (text: string) => event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text } })
const finish = (stop_reason: string | null) => event({ type: 'message_delta', delta: { stop_reason } })
const done = event({ type: 'message_stop' })
const errorEvent = (type: string, message: string) => event({ type: 'error', error: { details: null, type, message } })

describe('the finish reason', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['pause_turn', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'content-filter'],
    ['something_new', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s means %s', (reason, finishReason) => {
    expect(read(start() + say('a') + finish(reason) + done)).toMatchObject({ content: 'a', finishReason })
  })

  it('is unknown where the terminator comes without one', () => {
    expect(read(start() + say('a') + finish(null) + done).finishReason).toBe('unknown')
  })

  it('counts without the terminator', () => {
    expect(read(start() + say('a') + finish('end_turn')).finishReason).toBe('stop')
  })

  it.each([
    ['between two events', start() + say('a')],
    ['inside an event', start() + say('a') + finish('end_turn').slice(0, 30)],
  ])('is incomplete where the body ends %s', (_, body) => {
    expect(read(body)).toMatchObject({ content: 'a', finishReason: 'incomplete', error: { code: 'incomplete' } })
  })

  it('is never a stop, wherever the body is cut before it is said', () => {
    const body = start() + say('Hello')
    for (let length = 0; length < body.length; length++)
      expect(['incomplete', 'error']).toContain(
        chunksOf(body.slice(0, length), { wire }).flatMap((chunk) =>
          'finishReason' in chunk ? chunk.finishReason : [],
        )[0],
      )
  })

  it('is followed by nothing once the terminator is there', () => {
    expect(read(start() + finish('end_turn') + done + say('late')).content).toBe('')
  })
})

describe('an error in the stream', () => {
  it.each([
    ['overloaded_error', 'Overloaded', 'overloaded'],
    ['rate_limit_error', 'Slow down', 'rate-limited'],
    ['authentication_error', 'Who are you?', 'unauthorized'],
    ['invalid_request_error', 'prompt is too long: 9 tokens > 8 maximum', 'context-too-long'],
  ])('%s, "%s" means %s', (type, message, code) => {
    expect(read(start() + say('a') + errorEvent(type, message))).toMatchObject({
      content: 'a',
      finishReason: 'error',
      error: { code, providerCode: type },
    })
  })

  it('is reported once, and ends the reply', () => {
    const body = `${start()}event: error\n${errorEvent('overloaded_error', 'Overloaded')}${say('late')}`
    expect(errorsOf(body + errorEvent('api_error', 'Again'))).toHaveLength(1)
    expect(read(body).content).toBe('')
  })
})

describe('a second start', () => {
  it('of the same message is ignored', () => {
    expect(read(start() + say('a') + start() + finish('end_turn') + done)).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it('of another message begins anew while nothing is said', () => {
    expect(read(start() + start('msg_2') + say('a') + finish('end_turn') + done)).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it('of another message breaks off what was said, and is not mixed into it', () => {
    const body = start() + say('a') + start('msg_2') + say('b') + finish('end_turn') + done
    expect(read(body)).toMatchObject({ content: 'a', finishReason: 'incomplete', error: { code: 'incomplete' } })
    expect(errorsOf(body)).toHaveLength(1)
  })
})

describe('a whole answer as JSON', () => {
  const answer = {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    model: 'claude-m',
    content: [
      { type: 'thinking', thinking: 'Hm', signature: 'sig' },
      { type: 'text', text: 'Hi', citations: [{ url: 'https://a.test', title: 'A' }] },
      { type: 'tool_use', id: 'toolu_1', name: 'look', input: { a: 1 } },
    ],
    stop_reason: 'tool_use',
    usage: { input_tokens: 3, output_tokens: 4 },
  }

  it.each([0, 2])('is read like a stream, indented by %j', (indent) => {
    expect(read(JSON.stringify(answer, undefined, indent))).toMatchObject({
      content: 'Hi',
      parts: [
        { type: 'reasoning', text: 'Hm', signature: 'sig' },
        { type: 'source', url: 'https://a.test' },
        { type: 'text', text: 'Hi' },
        { type: 'tool-call', toolCallId: 'toolu_1', input: { a: 1 }, state: 'input-available' },
      ],
      model: 'claude-m',
      usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
      finishReason: 'tool-calls',
    })
  })

  it('may be an error instead', () => {
    const body = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_1' }
    expect(read(JSON.stringify(body))).toMatchObject({ finishReason: 'error', error: { code: 'overloaded' } })
  })

  it('may also stand in the start of a stream', () => {
    expect(read(event({ type: 'message_start', message: answer }) + done)).toMatchObject({
      content: 'Hi',
      finishReason: 'tool-calls',
    })
  })
})

it('is no reply where no event is known', () => {
  expect(read(event({ hello: 'world' }))).toMatchObject({ finishReason: 'error', error: { code: 'not-a-stream' } })
})
