import { describe, expect, it } from 'vitest'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { done, event } from '../test-support/openai-chat-events.ts'
import { openaiResponses } from './openai-responses.ts'

const wire = openaiResponses
const read = (body: string) => messageOf(body, { wire })

const created = event({ type: 'response.created', response: { id: 'resp_1', model: 'gpt-m', error: null } })
const say = (delta: string) => event({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta })
const completed = (response: object = {}) => event({ type: 'response.completed', response })
const failed = (error?: object) => event({ type: 'response.failed', response: { status: 'failed', error } })
const quota = { type: 'insufficient_quota', code: 'insufficient_quota', message: 'You spent it all' }

describe('the finish reason', () => {
  const incomplete = (reason?: string) =>
    event({ type: 'response.incomplete', response: { incomplete_details: reason ? { reason } : null } })

  it.each([
    ['completed', completed(), 'stop'],
    ['max_output_tokens', incomplete('max_output_tokens'), 'length'],
    ['content_filter', incomplete('content_filter'), 'content-filter'],
    ['something_new', incomplete('something_new'), 'unknown'],
    ['constructor', incomplete('constructor'), 'unknown'],
    ['nothing', incomplete(), 'unknown'],
  ])('%s means what it says', (_, last, finishReason) => {
    expect(read(created + say('a') + last)).toMatchObject({ content: 'a', finishReason })
  })

  it('is unknown where only a terminator comes', () => {
    expect(read(created + say('a') + done).finishReason).toBe('unknown')
  })

  it.each([
    ['between two events', created + say('a')],
    ['inside an event', created + say('a') + completed().slice(0, 30)],
  ])('is incomplete where the body ends %s', (_, body) => {
    expect(read(body)).toMatchObject({ content: 'a', finishReason: 'incomplete', error: { code: 'incomplete' } })
  })

  it('is never a stop, wherever the body is cut before it is said', () => {
    const body = created + say('Hello')
    for (let length = 0; length < body.length; length++)
      expect(chunksOf(body.slice(0, length), { wire }).at(-1)).toMatchObject({
        finishReason: expect.stringMatching(/^(incomplete|error)$/),
      })
  })

  it.each(['', done])('is followed by nothing that counts, with "%s" after the last event', (terminator) => {
    expect(read(created + completed() + terminator + say('late'))).toMatchObject({ content: '', finishReason: 'stop' })
  })
})

describe('an error in the stream', () => {
  it.each([
    ['an error event', event({ type: 'error', error: quota })],
    ['a flat error event', event({ ...quota, type: 'error' })],
    ['a named error event', `event: error\n${event({ error: quota })}`],
    ['the failed response', failed(quota)],
    ['an error event and the failed response', event({ type: 'error', error: quota }) + failed(quota)],
  ])('is reported once: %s', (_, events) => {
    const body = created + say('a') + events
    expect(chunksOf(body, { wire }).filter(({ type }) => type === 'error')).toHaveLength(1)
    expect(read(body)).toMatchObject({
      content: 'a',
      finishReason: 'error',
      error: { code: 'payment-required', providerCode: 'insufficient_quota' },
    })
  })

  it('may go without a word', () => {
    expect(read(created + failed())).toMatchObject({ finishReason: 'error', error: { code: 'provider-error' } })
  })
})

describe('who answers', () => {
  it('may be named in the end', () => {
    expect(read(say('a') + completed({ id: 'resp_1', model: 'gpt-m' }))).toMatchObject({
      model: 'gpt-m',
      metadata: { responseId: 'resp_1' },
    })
  })

  it('is who was named first', () => {
    expect(read(created + completed({ id: 'resp_2', model: 'gpt-m' })).metadata).toEqual({ responseId: 'resp_1' })
  })
})

describe('usage', () => {
  it('is read from the last event, whatever it is', () => {
    const usage = {
      input_tokens: 3,
      input_tokens_details: { cached_tokens: 2 },
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 1 },
      total_tokens: 7,
    }
    const expected = { inputTokens: 3, outputTokens: 4, totalTokens: 7, reasoningTokens: 1, cachedInputTokens: 2 }
    for (const type of ['response.completed', 'response.incomplete', 'response.failed'])
      expect(read(created + event({ type, response: { usage } })).usage).toEqual(expected)
  })

  it('adds up where no total is sent', () => {
    expect(read(created + completed({ usage: { input_tokens: 3, output_tokens: 4 } })).usage).toEqual({
      inputTokens: 3,
      outputTokens: 4,
      totalTokens: 7,
    })
  })
})

describe('a whole answer as JSON', () => {
  const response = {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    error: null,
    model: 'gpt-m',
    output: [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
      {
        type: 'message',
        content: [{ type: 'output_text', text: 'Hi', annotations: [{ type: 'url_citation', url: 'https://a.test' }] }],
      },
      { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{"a":1}' },
    ],
    usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
  }

  it.each([0, 2])('is read like a stream, indented by %j', (indent) => {
    expect(read(JSON.stringify(response, undefined, indent))).toMatchObject({
      content: 'Hi',
      parts: [
        { type: 'reasoning', text: 'Hm' },
        { type: 'text', text: 'Hi' },
        { type: 'source', url: 'https://a.test' },
        { type: 'tool-call', toolCallId: 'call_1', input: { a: 1 }, state: 'input-available' },
      ],
      model: 'gpt-m',
      usage: { totalTokens: 7 },
      finishReason: 'tool-calls',
    })
  })

  it('may be a cut one', () => {
    const cut = { ...response, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
    expect(read(JSON.stringify(cut)).finishReason).toBe('length')
  })

  it('may be a failed one', () => {
    const body = JSON.stringify({ ...response, status: 'failed', output: [], error: quota })
    expect(read(body)).toMatchObject({ finishReason: 'error', error: { code: 'payment-required' } })
  })
})

it('is no reply where no event is known', () => {
  expect(read(event({ hello: 'world' }))).toMatchObject({ finishReason: 'error', error: { code: 'not-a-stream' } })
})
