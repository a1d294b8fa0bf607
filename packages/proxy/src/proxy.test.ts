import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  chatRequest,
  eventStream,
  getRequest,
  proxyTo,
  replyPieces,
  scriptedBody,
  secretKey,
  silence,
} from './test-support/scripted-upstream.ts'

const list = { object: 'list', data: [{ id: 'gpt-4.1', object: 'model', owned_by: 'openai' }, { id: 'gpt-9' }] }

afterEach(() => {
  vi.useRealTimers()
})

describe('routes', () => {
  it('answers an unknown address with 404 in the shape of OpenAI’s errors', async () => {
    const { proxy } = proxyTo(() => new Response())
    const response = await proxy.fetch(getRequest('/v1/files'))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param: null } })
  })

  it('answers the wrong method with 405 and the right one', async () => {
    const { proxy } = proxyTo(() => new Response())
    const response = await proxy.fetch(getRequest('/v1/chat/completions'))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })
})

describe('models', () => {
  it('passes on what the upstream lists', async () => {
    const { proxy, sent } = proxyTo(() => Response.json(list))
    const response = await proxy.fetch(getRequest('/v1/models'))
    expect(sent().url).toBe('https://upstream.test/v1/models')
    expect(await response.json()).toEqual(list)
  })

  it('leaves out what may not be asked for', async () => {
    const { proxy } = proxyTo(() => Response.json(list), { models: ['gpt-4.1'] })
    const response = await proxy.fetch(getRequest('/v1/models'))
    expect(await response.json()).toEqual({ object: 'list', data: list.data.slice(0, 1) })
  })

  it('calls them as clients do', async () => {
    const upstream = { baseURL: 'https://upstream.test/v1', modelNames: { fast: 'gpt-9', quick: 'gpt-9' } }
    const idsOf = async (models?: string[]) => {
      const { proxy } = proxyTo(() => Response.json(list), { upstream, ...(models && { models }) })
      const answer = await (await proxy.fetch(getRequest('/v1/models'))).json()
      return answer.data.map(({ id }: { id: string }) => id)
    }
    expect(await idsOf()).toEqual(['gpt-4.1', 'fast', 'quick'])
    expect(await idsOf(['fast'])).toEqual(['fast'])
  })

  it('asks once for everybody within a minute, and never keeps a failure', async () => {
    vi.useFakeTimers()
    let isDown = true
    const { proxy, fetch } = proxyTo(() => (isDown ? new Response('', { status: 503 }) : Response.json(list)))
    expect((await proxy.fetch(getRequest('/v1/models'))).status).toBe(503)
    isDown = false
    for (let count = 0; count < 3; count++) await proxy.fetch(getRequest('/v1/models'))
    expect(fetch).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(60_000)
    await proxy.fetch(getRequest('/v1/models'))
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('says 502 of a list that cannot be read', async () => {
    const { proxy } = proxyTo(() => new Response('<html>'), { models: ['gpt-4.1'] })
    expect((await proxy.fetch(getRequest('/v1/models'))).status).toBe(502)
  })
})

describe('health', () => {
  it('is ok, with the latency measured, when the upstream answers', async () => {
    const { proxy } = proxyTo(() => Response.json(list))
    const response = await proxy.fetch(getRequest('/health'))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'ok',
      streams: 0,
      upstream: { ok: true, latencyMs: expect.any(Number), checkedAt: expect.any(Number) },
    })
  })

  it.each([
    ['key-invalid', () => Response.json({ error: secretKey }, { status: 401 })],
    ['failing', () => new Response('', { status: 500 })],
    ['unreachable', () => Promise.reject(new TypeError(`connect ${secretKey}`))],
  ])('is down and says %s, and nothing of the key or the address', async (reason, answer) => {
    const { proxy } = proxyTo(answer)
    const response = await proxy.fetch(getRequest('/health'))
    const text = await response.text()
    expect(response.status).toBe(503)
    expect(JSON.parse(text)).toMatchObject({ status: 'down', upstream: { ok: false, reason } })
    expect(text).not.toContain(secretKey)
    expect(text).not.toContain('upstream.test')
  })

  it('says timeout of an upstream that takes too long', async () => {
    vi.useFakeTimers()
    const { proxy } = proxyTo(silence(), { timeouts: { connectMs: 1000 } })
    const response = proxy.fetch(getRequest('/health'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(await (await response).json()).toMatchObject({ upstream: { reason: 'timeout' } })
  })

  it('counts a server without a list of models as well', async () => {
    const { proxy } = proxyTo(() => new Response('', { status: 404 }))
    expect((await proxy.fetch(getRequest('/health'))).status).toBe(200)
  })

  it('asks once for everybody who wants to know within five seconds', async () => {
    vi.useFakeTimers()
    const { proxy, fetch } = proxyTo(() => Response.json(list))
    await Promise.all([proxy.fetch(getRequest('/health')), proxy.fetch(getRequest('/health'))])
    await vi.advanceTimersByTimeAsync(4999)
    await proxy.fetch(getRequest('/health'))
    expect(fetch).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(2)
    await proxy.fetch(getRequest('/health'))
    expect(fetch).toHaveBeenCalledTimes(2)
  })
})

describe('shutting down', () => {
  it('refuses what is new and waits for what is on its way', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    const drained = proxy.drain(60_000)
    expect((await proxy.fetch(chatRequest())).status).toBe(503)
    body.send('data: [DONE]\n\n')
    body.close()
    expect(await received.next()).toBe('data: [DONE]\n\n')
    expect(await received.next()).toBeUndefined()
    await drained
  })

  it('ends what is left when the time is over, and says so in the stream', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    const next = received.next()
    const drained = proxy.drain(1000)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await next).toContain('The proxy is shutting down.')
    expect(await received.next()).toBeUndefined()
    await drained
    await body.cancelled
  })

  it('waits however long, where that is wanted', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    const next = received.next()
    const drained = proxy.drain(Number.POSITIVE_INFINITY)
    await vi.advanceTimersByTimeAsync(10_000)
    body.send('data: [DONE]\n\n')
    body.close()
    expect(await next).toBe('data: [DONE]\n\n')
    expect(await received.next()).toBeUndefined()
    await drained
  })

  it('does not wait when nothing is on its way', async () => {
    const { proxy } = proxyTo(() => eventStream('data: [DONE]\n\n'))
    await (await proxy.fetch(chatRequest())).text()
    await proxy.drain(60_000)
    expect((await proxy.fetch(chatRequest())).status).toBe(503)
  })

  it('ends everything at once when closed', async () => {
    const body = scriptedBody()
    const { proxy, sent } = proxyTo(() => eventStream(body.stream))
    await proxy.fetch(chatRequest())
    proxy.close()
    expect(sent().signal.aborted).toBe(true)
    await body.cancelled
  })
})
