import { describe, expect, it } from 'vitest'
import { encode } from '../test-support/bytes.ts'
import { everyCut } from '../test-support/cuts.ts'
import { chunksOf, messageFrom, messageOf } from '../test-support/decode.ts'
import { uiMessageStream } from './ui-message-stream.ts'

const event = (payload: object) => `data: ${JSON.stringify(payload)}\n\n`
const say = (delta: string, id = 't1') => event({ type: 'text-delta', id, delta })
const finish = (finishReason?: string, rest: object = {}) => event({ type: 'finish', finishReason, ...rest })
const done = 'data: [DONE]\n\n'
const end = finish('stop') + done
const read = (body: string) => messageOf(body, { wire: uiMessageStream })

describe('text', () => {
  it('is the deltas, joined, whatever begins and ends around them', () => {
    const steps = [{ type: 'start', messageId: 'm1' }, { type: 'start-step' }, { type: 'text-start', id: 't1' }]
    const after = event({ type: 'text-end', id: 't1' }) + event({ type: 'finish-step' })
    expect(read(steps.map(event).join('') + say('Xin ') + say('chào 👋') + after + end)).toMatchObject({
      content: 'Xin chào 👋',
      parts: [{ type: 'text', state: 'done' }],
      metadata: { responseId: 'm1' },
      finishReason: 'stop',
    })
  })

  it('is one text where a provider cuts it at every citation', () => {
    expect(read(say('It is ') + say('so', 't2') + end).parts).toMatchObject([{ text: 'It is so' }])
  })
})

describe('reasoning', () => {
  const think = (delta: string, id = 'r1', rest: object = {}) => event({ type: 'reasoning-delta', id, delta, ...rest })

  it('comes before the text', () => {
    expect(
      read(event({ type: 'reasoning-start', id: 'r1' }) + think('H') + think('m') + say('Yes') + end).parts,
    ).toMatchObject([
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'Yes' },
    ])
  })

  it('is a new paragraph in each block', () => {
    expect(read(think('a') + think('b', 'r2') + end).parts).toMatchObject([{ text: 'a\n\nb' }])
  })

  it('is a part of its own after a text', () => {
    expect(read(think('a') + say('b') + think('c', 'r2') + end).parts).toMatchObject([
      { text: 'a' },
      { text: 'b' },
      { text: 'c' },
    ])
  })

  it('keeps what its provider wants to have back', () => {
    const providerMetadata = { anthropic: { signature: 's' } }
    expect(read(think('a') + event({ type: 'reasoning-end', id: 'r1', providerMetadata }) + end).parts).toMatchObject([
      { text: 'a', signature: JSON.stringify(providerMetadata) },
    ])
  })
})

describe('files and sources', () => {
  it.each([
    [
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
    ],
    [
      { type: 'source-url', sourceId: 's1', url: 'https://a.test', title: 'A' },
      { type: 'source', id: 's1', url: 'https://a.test', title: 'A' },
    ],
  ])('reads %j', (payload, part) => {
    expect(read(event(payload) + end).parts).toEqual([part])
  })
})

describe('who answers and what it cost', () => {
  const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 9 }

  it.each([
    ['start', event({ type: 'start', messageMetadata: { model: 'm', usage } })],
    ['message-metadata', event({ type: 'message-metadata', messageMetadata: { model: 'm', usage } })],
    ['finish', finish('stop', { messageMetadata: { model: 'm', totalUsage: usage } })],
  ])('is read from the metadata of %s', (_, events) => {
    expect(read(say('a') + events + done)).toMatchObject({ model: 'm', usage })
  })

  it.each([
    [{ reasoningTokens: 2, cachedInputTokens: 1 }],
    [{ outputTokenDetails: { reasoningTokens: 2 }, inputTokenDetails: { cacheReadTokens: 1 } }],
  ])('has details in %j', (details) => {
    expect(read(finish('stop', { messageMetadata: { usage: { ...usage, ...details } } }) + done).usage).toEqual({
      ...usage,
      reasoningTokens: 2,
      cachedInputTokens: 1,
    })
  })

  it.each([undefined, null, {}, { usage: { totalTokens: 3 } }])('is unknown from %j', (messageMetadata) => {
    expect(read(finish('stop', { messageMetadata }) + done)).not.toHaveProperty('usage')
  })
})

describe('the finish reason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content-filter', 'content-filter'],
    ['tool-calls', 'tool-calls'],
    ['other', 'unknown'],
    ['unknown', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s means %s', (reason, finishReason) => {
    expect(read(say('a') + finish(reason) + done)).toMatchObject({ content: 'a', finishReason })
  })

  it.each([
    ['finish says none, as in older versions', finish() + done],
    ['finish is the last event', finish()],
    ['[DONE] comes alone', done],
  ])('is unknown where %s', (_, events) => {
    const message = read(say('a') + events)
    expect(message).toMatchObject({ content: 'a', finishReason: 'unknown' })
    expect(message).not.toHaveProperty('error')
  })

  it('is not taken back by a finish without one', () => {
    expect(read(finish('length') + finish() + done).finishReason).toBe('length')
  })

  it('is aborted where the server gave up', () => {
    const message = read(say('a') + event({ type: 'abort', reason: 'timeout' }) + done)
    expect(message).toMatchObject({ content: 'a', finishReason: 'aborted' })
    expect(message).not.toHaveProperty('error')
  })

  it('comes with [DONE], and nothing after it', () => {
    expect(read(say('a') + end + say('b'))).toMatchObject({ content: 'a', finishReason: 'stop' })
  })
})

describe('a stream that ends too early', () => {
  it('is incomplete and keeps its text', () => {
    expect(read(say('a'))).toMatchObject({ content: 'a', finishReason: 'incomplete', error: { code: 'incomplete' } })
  })

  it('is never a stop, wherever it is cut', () => {
    for (const [beginning] of everyCut(encode((say('Hello') + say(' there') + finish('stop')).trimEnd())))
      expect(['incomplete', 'error']).toContain(
        messageFrom(chunksOf([beginning], { wire: uiMessageStream })).finishReason,
      )
  })
})

describe('metadata', () => {
  it('is kept key by key, whenever it comes', () => {
    const start = event({ type: 'start', messageId: 'm1', messageMetadata: { tier: 'free', at: 1 } })
    const later = event({ type: 'message-metadata', messageMetadata: { at: 2 } })
    expect(read(start + later + say('a') + end).metadata).toEqual({ responseId: 'm1', tier: 'free', at: 2 })
  })
})

describe('data', () => {
  const weather = { type: 'data-weather', id: 'w1', data: { fog: true } }

  it('is a part, under the name that the server gave it', () => {
    const later = { ...weather, data: { fog: false } }
    expect(read(event(weather) + event(later) + event({ type: 'data-note', data: 'n' }) + end).parts).toEqual([
      { type: 'data', name: 'weather', id: 'w1', data: { fog: false } },
      { type: 'data', name: 'note', data: 'n' },
    ])
  })

  it('leaves no trace where it is transient', () => {
    expect(read(event({ ...weather, transient: true }) + end).parts).toEqual([])
  })
})

describe('errors and other bodies', () => {
  it('reads an error, and keeps the text before it', () => {
    const body = say('a') + event({ type: 'error', errorText: 'The kitchen is closed' }) + finish('stop') + done
    expect(read(body)).toMatchObject({ content: 'a', finishReason: 'error', error: { code: 'provider-error' } })
    expect(chunksOf(body, { wire: uiMessageStream })).toContainEqual({
      type: 'error',
      error: expect.objectContaining({ message: expect.stringContaining('The kitchen is closed') }),
    })
  })

  it('takes a finish for an error where it says so', () => {
    expect(read(say('a') + finish('error') + done)).toMatchObject({ content: 'a', error: { code: 'provider-error' } })
  })

  it('ignores what it does not know', () => {
    const strange = [{ type: 'source-document' }, { type: 'toString' }, {}]
    expect(read(say('a') + strange.map(event).join('') + end)).toMatchObject({
      parts: [{ text: 'a' }],
      finishReason: 'stop',
    })
  })

  it.each([
    ['a page of HTML', '<!doctype html><title>Hi</title>', 'not-a-stream'],
    ['another format', 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n', 'not-a-stream'],
    ['events of another format', event({ type: 'response.output_text.delta', delta: 'a' }), 'not-a-stream'],
    ['the stream of older versions', '0:"a"\n', 'not-a-stream'],
    ['what is no JSON', 'data: hello\n\n', 'malformed-event'],
  ])('says so of %s', (_, body, code) => {
    expect(read(body)).toMatchObject({ content: '', parts: [], error: { code, excerpt: expect.any(String) } })
  })
})
