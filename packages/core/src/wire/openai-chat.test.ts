import { describe, expect, it } from 'vitest'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { choice, delta, done, event, finish, say } from '../test-support/openai-chat-events.ts'
import { openaiChat } from './openai-chat.ts'

const end = finish() + done
const reasoning = (text: string) => ({ type: 'reasoning', text, state: 'done' })

describe('text', () => {
  it('is the content of the deltas, joined', () => {
    expect(messageOf(say('Hel') + say('lo') + end)).toMatchObject({
      content: 'Hello',
      parts: [{ type: 'text', text: 'Hello', state: 'done' }],
      finishReason: 'stop',
    })
  })

  it.each([' ', '\n', '0', 'null'])('may be %j alone', (text) => {
    expect(messageOf(say(text) + end).content).toBe(text)
  })

  it('keeps characters whose bytes come in several pieces', () => {
    expect(messageOf(say('Tiếng Việt, 你好, 👩‍👩‍👧') + end).content).toBe('Tiếng Việt, 你好, 👩‍👩‍👧')
  })

  it.each([{}, { content: null }, { content: '' }, { role: '' }])('is none in the delta %j', (content) => {
    expect(chunksOf(delta(content))).not.toContainEqual(expect.objectContaining({ type: 'text-delta' }))
  })

  it('may come in the chunk of the finish reason', () => {
    expect(messageOf(say('a') + choice({ delta: { content: 'b' }, finish_reason: 'length' }) + done)).toMatchObject({
      content: 'ab',
      finishReason: 'length',
    })
  })

  it('may go on after a finish reason', () => {
    const chunk = (content: string) => choice({ delta: { content }, finish_reason: 'stop' })
    expect(messageOf(chunk('a') + chunk('b') + done)).toMatchObject({ content: 'ab', finishReason: 'stop' })
  })

  it('is not the message that a stream repeats beside its deltas', () => {
    const repeating = choice({ delta: { content: 'b' }, message: { content: 'ab' } })
    expect(messageOf(say('a') + repeating + end).content).toBe('ab')
  })
})

describe('reasoning', () => {
  it.each([
    ['reasoning_content', { reasoning_content: 'Hm' }],
    ['reasoning', { reasoning: 'Hm' }],
    ['the texts of reasoning_details', { reasoning_details: [{ type: 'reasoning.text', text: 'Hm', index: 0 }] }],
    ['the summaries of reasoning_details', { reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm' }] }],
  ])('is read from %s', (_, thought) => {
    expect(messageOf(delta(thought) + end).parts).toEqual([reasoning('Hm')])
  })

  it('is read once where a delta says it under two names', () => {
    const both = { reasoning: 'Hm', reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }
    expect(messageOf(delta(both) + delta(both) + end).parts).toEqual([reasoning('HmHm')])
  })

  it.each([null, ''])('is read from the next name where the first holds %j', (nothing) => {
    expect(messageOf(delta({ reasoning_content: nothing, reasoning: 'Hm' }) + end).parts).toEqual([reasoning('Hm')])
  })

  it('may change its name from one delta to the next', () => {
    expect(messageOf(delta({ reasoning_content: 'a' }) + delta({ reasoning: 'b' }) + end).parts).toEqual([
      reasoning('ab'),
    ])
  })

  it('comes before the text of its own delta', () => {
    expect(messageOf(delta({ reasoning: 'Hm', content: 'Yes' }) + end).parts).toMatchObject([
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'Yes' },
    ])
  })

  it('keeps the signature that comes with it, or after it', () => {
    const signed = { reasoning_details: [{ type: 'reasoning.text', signature: 's1' }] }
    expect(messageOf(delta({ reasoning: 'Hm' }) + delta(signed) + end).parts).toEqual([
      { ...reasoning('Hm'), signature: 's1' },
    ])
  })

  it('is none where it is encrypted', () => {
    const encrypted = { content: 'Yes', reasoning_details: [{ type: 'reasoning.encrypted', data: 'abc' }] }
    expect(messageOf(delta(encrypted) + end).parts).toMatchObject([{ type: 'text', text: 'Yes' }])
  })

  it('may be an item of the content, as Mistral sends it', () => {
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }
    const list = delta({ content: [thinking, thinking] }) + delta({ content: [{ type: 'text', text: 'Yes' }] })
    expect(messageOf(list + say('!') + end).parts).toMatchObject([
      { type: 'reasoning', text: 'HmHm' },
      { type: 'text', text: 'Yes!' },
    ])
  })
})

describe('a refusal', () => {
  it('is a part of its own, and no text', () => {
    expect(messageOf(delta({ refusal: 'I can' }) + delta({ refusal: 'not.' }) + end)).toMatchObject({
      content: '',
      parts: [{ type: 'refusal', text: 'I cannot.' }],
      finishReason: 'stop',
    })
  })
})

describe('with several choices', () => {
  const of = (index: number, content: string) => choice({ index, delta: { content } })

  it('reads the first alone', () => {
    const others = choice({ index: 1, delta: {}, finish_reason: 'length' })
    expect(messageOf(of(1, 'x') + of(0, 'a') + of(2, 'y') + of(0, 'b') + finish() + others + done)).toMatchObject({
      content: 'ab',
      finishReason: 'stop',
    })
  })

  it('finds the first wherever it stands in the list', () => {
    const both = [
      { index: 1, delta: { content: 'x' } },
      { index: 0, delta: { content: 'a' } },
    ]
    expect(messageOf(event({ choices: both }) + end).content).toBe('a')
  })

  it('takes a choice without an index for the first', () => {
    expect(messageOf(event({ choices: [{ delta: { content: 'a' } }] }) + end).content).toBe('a')
  })
})

describe('who answers', () => {
  it('is said once', () => {
    const head = { id: 'r1', model: 'm1' }
    const chunk = (content: string) => choice({ delta: { content } }, head)
    const starts = chunksOf(chunk('a') + chunk('b') + end).filter(({ type }) => type === 'message-start')
    expect(starts).toEqual([{ type: 'message-start', responseId: 'r1', model: 'm1' }])
  })

  it('may be named after an empty first chunk, as Azure sends it', () => {
    const filters = event({ id: '', model: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] })
    const named = choice({ delta: { content: 'Hi' } }, { id: 'r1', model: 'm1' })
    expect(messageOf(filters + named + end)).toMatchObject({
      content: 'Hi',
      model: 'm1',
      metadata: { responseId: 'r1' },
    })
  })

  it('is the first that was named', () => {
    const chunk = (model: string) => choice({ delta: { content: 'a' } }, { model })
    expect(messageOf(chunk('m1') + chunk('m2') + end).model).toBe('m1')
  })
})

describe('what a reply refers to', () => {
  const source = (url: string) => ({ type: 'source', url })
  const partsOf = (body: string) => messageOf(body + end).parts

  it('is read from citations, each once though every chunk repeats them', () => {
    const chunk = (...citations: string[]) => event({ choices: [], citations })
    expect(partsOf(chunk('https://a.test') + chunk('https://a.test', 'https://b.test'))).toEqual([
      source('https://a.test'),
      source('https://b.test'),
    ])
  })

  it('has a title in search results and annotations', () => {
    const results = event({ choices: [], search_results: [{ url: 'https://a.test', title: 'A', date: null }] })
    const annotation = { type: 'url_citation', url_citation: { url: 'https://b.test', title: 'B', start_index: 1 } }
    expect(partsOf(results + delta({ annotations: [annotation] }))).toEqual([
      { ...source('https://a.test'), title: 'A' },
      { ...source('https://b.test'), title: 'B' },
    ])
  })

  it('may be an image that it holds', () => {
    const url = 'data:image/webp;base64,AAAA'
    expect(partsOf(delta({ images: [{ type: 'image_url', image_url: { url } }] }))).toEqual([
      { type: 'file', mediaType: 'image/webp', url },
    ])
  })
})

describe('what nobody knows', () => {
  it('is ignored wherever it stands', () => {
    const odd = { obfuscation: 'xxxx', service_tier: 'default', timings: { a: 1 }, queue_time: 0.1 }
    const noisy = choice({ delta: { content: 'a', odd }, logprobs: { content: [] }, content_filter_results: {} }, odd)
    expect(messageOf(event(odd) + noisy + event({ type: 'ping' }) + end)).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it.each([
    ['choices', { choices: null }],
    ['choices', { choices: [null, 'a', 1] }],
    ['a delta', { choices: [{ index: 0, delta: null }] }],
    ['a delta', { choices: [{ index: 0 }] }],
    ['content', { choices: [{ delta: { content: 7 } }] }],
    ['content', { choices: [{ delta: { content: [null, 'a', { text: 1 }] } }] }],
    ['reasoning', { choices: [{ delta: { reasoning: {}, reasoning_details: 'a' } }] }],
    ['usage', { choices: [], usage: 'none' }],
    ['sources', { choices: [], citations: [1, null], search_results: [{ url: 7 }] }],
  ])('is skipped as %s: %j', (_, payload) => {
    expect(messageOf(say('a') + event(payload) + say('b') + end)).toMatchObject({ content: 'ab', finishReason: 'stop' })
  })

  it('cannot reach the prototype of anything', () => {
    const polluting = `{"__proto__":{"polluted":1},"choices":[{"__proto__":{"polluted":1},"delta":{"__proto__":{"polluted":1,"content":"x"},"content":"a"}}]}`
    expect(messageOf(event(polluting) + end).content).toBe('a')
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

describe('a request', () => {
  const request = { messages: [], model: 'm', headers: { 'x-own': '1' } }

  it('goes to chat/completions below the base URL, with the key as a bearer', () => {
    const { url, headers } = openaiChat.request(request, { baseURL: 'https://api.test/v1', apiKey: 'sk-1' })
    expect(url).toBe('https://api.test/v1/chat/completions')
    expect(headers).toEqual({ authorization: 'Bearer sk-1', 'x-own': '1' })
  })

  it('has no authorization without a key', () => {
    expect(openaiChat.request(request, { baseURL: '/v1' }).headers).toEqual({ 'x-own': '1' })
  })
})
