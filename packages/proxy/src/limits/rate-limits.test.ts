import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openToAll } from '../auth/identity.ts'
import { tokenAuth } from '../auth/token-auth.ts'
import type { ProxyOptions } from '../options.ts'
import { chatRequest, eventStream, proxyTo, replyPieces, scriptedBody } from '../test-support/scripted-upstream.ts'
import type { LimitedRequest, Place } from './limits.ts'
import { type RateLimitOptions, rateLimits } from './rate-limits.ts'

const done = 'data: [DONE]\n\n'
const withUsage = (tokens: number) =>
  `data: {"choices":[],"usage":{"prompt_tokens":${tokens},"completion_tokens":0,"total_tokens":${tokens}}}\n\n${done}`
const request = (change: Partial<LimitedRequest> = {}): LimitedRequest => ({
  identity: { id: 'alice' },
  address: '192.0.2.1',
  tokens: 10,
  costUSD: 0.01,
  ...change,
})

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function isPlace(taken: unknown): taken is Place {
  return typeof taken === 'object' && taken !== null && 'settle' in taken
}

describe('limits', () => {
  it('count requests of a user, whatever the address', async () => {
    const limits = rateLimits({ requestsPerMinute: 2 })
    await limits.take(request({ address: '192.0.2.1' }))
    await limits.take(request({ address: '192.0.2.2' }))
    expect(await limits.take(request({ address: '192.0.2.3' }))).toMatchObject({ limit: 'requests' })
    expect(isPlace(await limits.take(request({ identity: { id: 'bob' }, address: '192.0.2.4' })))).toBe(true)
  })

  it('count requests of an address, whoever asks', async () => {
    const limits = rateLimits({ requestsPerMinute: 1 })
    await limits.take(request())
    expect(await limits.take(request({ identity: { id: 'bob' } }))).toMatchObject({ limit: 'requests' })
  })

  it('count the addresses of one IPv6 network as one', async () => {
    const limits = rateLimits({ requestsPerMinute: 1 })
    await limits.take(request({ identity: { id: 'ada' }, address: '2001:db8:1:2::1' }))
    const another = request({ identity: { id: 'bob' }, address: '2001:db8:1:2:3::4' })
    expect(await limits.take(another)).toMatchObject({ limit: 'requests' })
  })

  it('say how long to wait, and let in again after that', async () => {
    const limits = rateLimits({ requestsPerMinute: 1 })
    await limits.take(request())
    await vi.advanceTimersByTimeAsync(20_000)
    const refusal = await limits.take(request())
    expect(refusal).toEqual({ limit: 'requests', retryAfterMs: 40_000 })
    await vi.advanceTimersByTimeAsync(40_000)
    expect(isPlace(await limits.take(request()))).toBe(true)
  })

  it('do not count what they refuse', async () => {
    const limits = rateLimits({ tokensPerMinute: 20 })
    const place = await limits.take(request({ tokens: 15 }))
    expect(await limits.take(request({ tokens: 10 }))).toMatchObject({ limit: 'tokens' })
    expect(isPlace(place) && (await place.settle({ tokens: 10, costUSD: 0 }))).toBeUndefined()
    expect(isPlace(await limits.take(request({ tokens: 10 })))).toBe(true)
  })

  it('count no request of a user that another limit refuses', async () => {
    const limits = rateLimits({ requestsPerMinute: 1, requestsPerMinuteByAddress: 2, tokensPerMinute: 20 })
    for (const id of ['bob', 'carol']) await limits.take(request({ identity: { id } }))
    expect(await limits.take(request())).toMatchObject({ limit: 'requests' })
    const elsewhere = { address: '192.0.2.2' }
    expect(await limits.take(request({ ...elsewhere, tokens: 10 }))).not.toHaveProperty('limit')
  })

  it('take tokens by estimate and settle with what was used', async () => {
    const limits = rateLimits({ tokensPerMinute: 100 })
    for (let count = 0; count < 10; count++) {
      const place = await limits.take(request({ tokens: 60 }))
      expect(isPlace(place)).toBe(true)
      if (isPlace(place)) await place.settle({ tokens: 4, costUSD: 0 })
    }
  })

  it('give nothing back to a later minute than the one it was taken in', async () => {
    const limits = rateLimits({ tokensPerMinute: 100 })
    const place = await limits.take(request({ tokens: 100 }))
    await vi.advanceTimersByTimeAsync(61_000)
    if (isPlace(place)) await place.settle({ tokens: 0, costUSD: 0 })
    expect(isPlace(await limits.take(request({ tokens: 100 })))).toBe(true)
    expect(await limits.take(request({ tokens: 10 }))).toMatchObject({ limit: 'tokens' })
  })

  it('take an explicit zero for zero', async () => {
    const limits = rateLimits({ tokensPerMinute: 100 })
    for (let count = 0; count < 3; count++) {
      const place = await limits.take(request({ tokens: 100 }))
      if (isPlace(place)) await place.settle({ tokens: 0, costUSD: 0 })
    }
    expect(isPlace(await limits.take(request({ tokens: 100 })))).toBe(true)
  })

  it('let in so many at the same time', async () => {
    const limits = rateLimits({ concurrent: 2 })
    const first = await limits.take(request())
    await limits.take(request())
    expect(await limits.take(request())).toMatchObject({ limit: 'concurrent' })
    if (isPlace(first)) await first.settle({ tokens: 0, costUSD: 0 })
    expect(isPlace(await limits.take(request()))).toBe(true)
  })

  it('give the place back where another limit refuses', async () => {
    const limits = rateLimits({ concurrent: 1, requestsPerMinute: 1 })
    const first = await limits.take(request())
    if (isPlace(first)) await first.settle({ tokens: 0, costUSD: 0 })
    expect(await limits.take(request())).toMatchObject({ limit: 'requests' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(isPlace(await limits.take(request()))).toBe(true)
  })

  it('keep a budget for a day', async () => {
    const limits = rateLimits({ dailyBudgetUSD: 0.015 })
    const first = await limits.take(request())
    if (isPlace(first)) await first.settle({ tokens: 10, costUSD: 0.01 })
    expect(await limits.take(request())).toMatchObject({ limit: 'budget' })
    await vi.advanceTimersByTimeAsync(86_400_000)
    expect(isPlace(await limits.take(request()))).toBe(true)
  })

  it.each<RateLimitOptions>([{ requestsPerMinute: 0 }, { concurrent: Number.NaN }, { tokensPerMinute: -1 }])(
    'may not be %j',
    (options) => {
      expect(() => rateLimits(options)).toThrow(TypeError)
    },
  )
})

describe('a proxy with limits', () => {
  const tokens = { alice: 'tk-alice-0123456789', bob: 'tk-bob-0123456789ab' }
  const as = (name: keyof typeof tokens) => ({ headers: { authorization: `Bearer ${tokens[name]}` } })
  const limited = (options: RateLimitOptions, more: Partial<ProxyOptions> = {}): Partial<ProxyOptions> => ({
    authenticate: tokenAuth(tokens),
    limits: rateLimits(options),
    ...more,
  })

  it('answers 429 and says when to come back, to that user alone', async () => {
    const { proxy, fetch } = proxyTo(() => eventStream(done), limited({ requestsPerMinute: 1 }))
    await (await proxy.fetch(chatRequest(as('alice')))).text()
    const response = await proxy.fetch(chatRequest(as('alice')))
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(response.headers.get('ratelimit')).toBe('"requests";r=0;t=60')
    expect((await response.json()).error.code).toBe('rate-limited')
    expect((await proxy.fetch(chatRequest(as('bob')))).status).toBe(200)
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('settles with the usage that the upstream says', async () => {
    const { proxy } = proxyTo(() => eventStream(withUsage(100)), limited({ tokensPerMinute: 1500 }))
    for (let count = 0; count < 5; count++) {
      const response = await proxy.fetch(chatRequest(as('alice')))
      expect(response.status).toBe(200)
      await response.text()
    }
  })

  it('counts what was used until the client left', async () => {
    const body = scriptedBody()
    const options = limited({ tokensPerMinute: 1100 }, { log: false })
    const { proxy } = proxyTo(() => eventStream(body.stream), options)
    const received = await replyPieces(await proxy.fetch(chatRequest(as('alice'))))
    body.send(
      `data: {"choices":[{"delta":{"content":""}}]}\n\n${`data: {"choices":[{"delta":{"content":"${'x'.repeat(400)}"}}]}\n\n`.repeat(5)}`,
    )
    await received.next()
    await received.cancel()
    // About 500 tokens are gone: what is left is less than the thousand that an answer may need.
    expect((await proxy.fetch(chatRequest(as('alice')))).status).toBe(429)
  })

  it('frees the place of a reply when that ends, and not before', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream), limited({ concurrent: 1 }))
    const received = await replyPieces(await proxy.fetch(chatRequest(as('alice'))))
    expect((await proxy.fetch(chatRequest(as('alice')))).status).toBe(429)
    body.send(done)
    body.close()
    await received.next()
    await received.next()
    expect((await proxy.fetch(chatRequest(as('alice')))).status).not.toBe(429)
  })

  it('counts nothing for a request that the upstream refused', async () => {
    const { proxy } = proxyTo(() => new Response('{}', { status: 400 }), limited({ tokensPerMinute: 1100 }))
    for (let count = 0; count < 3; count++) expect((await proxy.fetch(chatRequest(as('alice')))).status).toBe(400)
  })

  it.each<[string, number, string | undefined, string]>([
    ['the connection, where no proxy is one’s own', 0, '203.0.113.9', '192.0.2.1'],
    ['what one’s own proxy saw', 1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    ['what the outer one of two saw', 2, '6.6.6.6, 203.0.113.9, 198.51.100.7', '203.0.113.9'],
    ['the connection, where the proxy says nothing', 1, undefined, '192.0.2.1'],
  ])('takes for the address %s', async (_what, proxiesInFront, seen, address) => {
    const take = vi.fn(async () => ({ settle: async () => {} }))
    const options = { limits: { take }, authenticate: openToAll(), proxiesInFront }
    const { proxy } = proxyTo(() => eventStream(done), options)
    const headers: Record<string, string> = seen === undefined ? {} : { 'x-forwarded-for': seen }
    await proxy.fetch(chatRequest({ headers }), { remoteAddress: '192.0.2.1' })
    expect(take).toHaveBeenCalledWith(expect.objectContaining({ address }))
  })

  it('refuses where the limits cannot be counted', async () => {
    const limits = { take: () => Promise.reject(new Error('away')) }
    const { proxy, fetch } = proxyTo(() => eventStream(done), { limits })
    expect((await proxy.fetch(chatRequest())).status).toBe(503)
    expect(fetch).not.toHaveBeenCalled()
  })
})
