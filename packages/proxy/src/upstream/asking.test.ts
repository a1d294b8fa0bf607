import { afterEach, describe, expect, it, vi } from 'vitest'
import type { UpstreamOptions } from '../options.ts'
import {
  chatRequest,
  eventStream,
  proxyTo,
  replyPieces,
  replyText,
  scriptedBody,
  silence,
} from '../test-support/scripted-upstream.ts'
import { createKeyRing } from './key-ring.ts'

const delta = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'
const done = 'data: [DONE]\n\n'
const busy = () => new Response('{"error":{"message":"busy"}}', { status: 503, headers: { 'retry-after': '0' } })
const first: UpstreamOptions = { baseURL: 'https://first.test/v1', apiKey: 'sk-first-key' }
const second: UpstreamOptions = { baseURL: 'https://second.test/v1', apiKey: 'sk-second-key' }
const keyOf = (request: Request) => request.headers.get('authorization')?.replace('Bearer ', '')

/** Answers in turn; the last one again and again. */
function inTurn(...answers: ((request: Request) => Response | Promise<Response>)[]) {
  let turn = 0
  return (request: Request) => {
    const answer = answers[Math.min(turn++, answers.length - 1)]
    if (!answer) throw new Error('Nothing to answer with.')
    return answer(request)
  }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('an upstream that fails for the moment', () => {
  it('is asked again', async () => {
    const { proxy, fetch } = proxyTo(
      inTurn(busy, () => eventStream(done)),
      { retries: 1 },
    )
    expect(await replyText(await proxy.fetch(chatRequest()))).toBe(done)
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is asked as often as was said, and then its answer counts', async () => {
    const { proxy, fetch } = proxyTo(busy, { retries: 2 })
    expect((await proxy.fetch(chatRequest())).status).toBe(503)
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('is not waited for where it wants to be left alone for long', async () => {
    const later = () => new Response('{}', { status: 503, headers: { 'retry-after': '60' } })
    const { proxy, fetch } = proxyTo(later, { retries: 2 })
    const response = await proxy.fetch(chatRequest())
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60'])
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('is asked again where it broke off before it said anything', async () => {
    const body = scriptedBody()
    const answers = inTurn(
      () => eventStream(body.stream),
      () => eventStream(delta + done),
    )
    const { proxy, fetch } = proxyTo(answers, { retries: 1 })
    const text = proxy.fetch(chatRequest()).then(replyText)
    body.send(': thinking\n\n')
    body.breakOff()
    expect(await text).toBe(delta + done)
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is never asked again once a piece of the reply has gone out', async () => {
    const body = scriptedBody()
    const { proxy, fetch } = proxyTo(() => eventStream(body.stream), { retries: 3, fallbacks: [second] })
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    body.send(delta)
    await received.next()
    body.breakOff()
    expect(await received.next()).toContain('"code":"incomplete"')
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('is not asked again what it will never answer', async () => {
    const { proxy, fetch } = proxyTo(() => new Response('{}', { status: 400 }), { retries: 3, fallbacks: [second] })
    expect((await proxy.fetch(chatRequest())).status).toBe(400)
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('is not asked again what it may still be at work on', async () => {
    vi.useFakeTimers()
    const { proxy, fetch } = proxyTo(silence(), { retries: 3, timeouts: { connectMs: 1000 } })
    const response = proxy.fetch(chatRequest({ body: '{"model":"m"}' }))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await response).status).toBe(504)
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('is not asked again for a client that has left', async () => {
    const client = new AbortController()
    const { proxy, fetch } = proxyTo(
      silence(() => client.abort()),
      { retries: 3, fallbacks: [second] },
    )
    expect((await proxy.fetch(chatRequest({ signal: client.signal }))).status).toBe(499)
    expect(fetch).toHaveBeenCalledOnce()
  })
})

describe('a fallback', () => {
  it('answers where the first one cannot be reached, with its own key', async () => {
    const answers = inTurn(
      () => Promise.reject(new TypeError('connect')),
      () => eventStream(done),
    )
    const { proxy, sent } = proxyTo(answers, { upstream: first, fallbacks: [second] })
    expect(await replyText(await proxy.fetch(chatRequest()))).toBe(done)
    expect(sent().url).toBe('https://second.test/v1/chat/completions')
    expect(keyOf(sent())).toBe('sk-second-key')
  })

  it('answers where the first one takes too long', async () => {
    vi.useFakeTimers()
    const answers = inTurn(silence(), () => eventStream(done))
    const { proxy } = proxyTo(answers, { fallbacks: [second], timeouts: { connectMs: 1000 } })
    const response = proxy.fetch(chatRequest())
    await vi.advanceTimersByTimeAsync(1000)
    expect(await replyText(await response)).toBe(done)
  })

  it('is asked for the model under the name it knows', async () => {
    const other = { ...second, modelNames: { 'gpt-4.1': 'openai/gpt-4.1' } }
    const { proxy, sent } = proxyTo(
      inTurn(busy, () => eventStream(done)),
      { fallbacks: [other] },
    )
    await (await proxy.fetch(chatRequest())).text()
    expect((await sent().json()).model).toBe('openai/gpt-4.1')
  })

  it('makes the health degraded and not down', async () => {
    const { proxy } = proxyTo(({ url }) => new Response('', { status: url.startsWith(second.baseURL) ? 200 : 500 }), {
      fallbacks: [second],
    })
    const health = await proxy.fetch(new Request('http://localhost/health'))
    expect([health.status, (await health.json()).status]).toEqual([200, 'degraded'])
  })
})

describe('several keys', () => {
  const upstream = { ...first, apiKey: ['sk-key-number-1', 'sk-key-number-2', 'sk-key-number-3'] }

  it('are used in turn', async () => {
    const { proxy, fetch } = proxyTo(() => eventStream(done), { upstream })
    for (let count = 0; count < 4; count++) await (await proxy.fetch(chatRequest())).text()
    const keys = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization')?.at(-1))
    expect(keys).toEqual(['1', '2', '3', '1'])
  })

  it('stand in for one that is refused, which then rests', async () => {
    const { proxy, fetch } = proxyTo(
      (request) => (keyOf(request)?.endsWith('1') ? new Response('{}', { status: 401 }) : eventStream(done)),
      { upstream },
    )
    for (let count = 0; count < 3; count++) expect((await proxy.fetch(chatRequest())).status).toBe(200)
    const keys = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization')?.at(-1))
    expect(keys).toEqual(['1', '2', '3', '2'])
  })

  it('are all tried before the answer is no', async () => {
    const { proxy, fetch } = proxyTo(() => new Response('{}', { status: 429 }), { upstream })
    expect((await proxy.fetch(chatRequest())).status).toBe(429)
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('come back after their rest', () => {
    vi.useFakeTimers()
    const ring = createKeyRing(['a', 'b'])
    ring.setAside('a', 1000)
    expect([ring.next(), ring.next()]).toEqual(['b', 'b'])
    vi.advanceTimersByTime(1000)
    expect(ring.next()).toBe('a')
  })
})
