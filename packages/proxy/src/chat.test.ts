import { describe, expect, it } from 'vitest'
import { openToAll } from './auth/identity.ts'
import { chatRequest, eventStream, proxyTo, secretKey } from './test-support/scripted-upstream.ts'

const done = 'data: [DONE]\n\n'
const errorOf = async (response: Response) => (await response.json()).error

describe('what goes upstream', () => {
  it('is the request with the proxy’s key in place of the client’s', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done))
    await proxy.fetch(chatRequest({ headers: { authorization: 'Bearer client' }, body: '{"model":"m"}' }))
    expect(sent().url).toBe('https://upstream.test/v1/chat/completions')
    expect(sent().headers.get('authorization')).toBe(`Bearer ${secretKey}`)
    expect(await sent().text()).toBe('{"model":"m"}')
  })

  it('holds no header of the client but accept', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done))
    await proxy.fetch(
      chatRequest({ headers: { accept: 'text/event-stream', cookie: 'a=b', 'x-base-url': 'http://evil' } }),
    )
    expect(Object.fromEntries(sent().headers)).toEqual({
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
    })
  })

  it('is the body to the byte, so numbers too large for JavaScript survive', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done))
    await proxy.fetch(chatRequest({ body: '{"seed": 12345678901234567890}' }))
    expect(await sent().text()).toBe('{"seed": 12345678901234567890}')
  })

  it('asks without a key where there is none', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done), { upstream: { baseURL: 'http://localhost:11434/v1/' } })
    await proxy.fetch(chatRequest())
    expect(sent().url).toBe('http://localhost:11434/v1/chat/completions')
    expect(sent().headers.has('authorization')).toBe(false)
  })

  it('carries the configured headers in place of the proxy’s own', async () => {
    const upstream = { baseURL: 'https://azure.test/openai?api-version=1', headers: { 'api-key': secretKey } }
    const { proxy, sent } = proxyTo(() => eventStream(done), { upstream })
    await proxy.fetch(chatRequest())
    expect(sent().url).toBe('https://azure.test/openai/chat/completions?api-version=1')
    expect(sent().headers.get('api-key')).toBe(secretKey)
  })

  it('is what onRequest returns', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done), { onRequest: (body) => ({ ...body, user: 'u1' }) })
    await proxy.fetch(chatRequest({ body: '{"model":"m"}' }))
    expect(await sent().json()).toEqual({ model: 'm', user: 'u1' })
  })
})

describe('what does not go upstream', () => {
  it('is a request that onRequest answers itself', async () => {
    const { proxy, fetch } = proxyTo(() => eventStream(done), { onRequest: () => new Response('no', { status: 403 }) })
    expect((await proxy.fetch(chatRequest())).status).toBe(403)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is a request on which onRequest throws, and what it threw is not told', async () => {
    const onRequest = () => {
      throw new Error(`failed with ${secretKey}`)
    }
    const { proxy, fetch } = proxyTo(() => eventStream(done), { onRequest })
    const response = await proxy.fetch(chatRequest())
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain(secretKey)
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each([
    ['is no JSON', '{"model":'],
    ['is JSON but no object', '[]'],
  ])('is a body that %s', async (_what, body) => {
    const { proxy, fetch } = proxyTo(() => eventStream(done))
    const response = await proxy.fetch(chatRequest({ body }))
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toMatchObject({ type: 'invalid_request_error', code: 'bad-request' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is a body over the limit, whether it says so or not', async () => {
    const { proxy, fetch } = proxyTo(() => eventStream(done), { maxBodyBytes: 20 })
    const body = JSON.stringify({ text: 'x'.repeat(20) })
    expect((await proxy.fetch(chatRequest({ body }))).status).toBe(413)
    expect((await proxy.fetch(chatRequest({ body, headers: { 'content-length': '999' } }))).status).toBe(413)
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each([
    'text/plain',
    'text/plain; x=json',
    'text/plain;json',
    'application/x-www-form-urlencoded; charset=json',
    'multipart/form-data; boundary=json',
  ])('is what a page of another site may post without asking: %s', async (type) => {
    const { proxy, fetch } = proxyTo(() => eventStream(done), { authenticate: openToAll() })
    const headers = { 'content-type': type, origin: 'https://evil.test' }
    expect((await proxy.fetch(chatRequest({ headers }))).status).toBe(415)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is a model that is not on the list', async () => {
    const { proxy, fetch } = proxyTo(() => eventStream(done), { models: ['gpt-4.1'] })
    const response = await proxy.fetch(chatRequest({ body: '{"model":"gpt-9"}' }))
    expect(response.status).toBe(404)
    expect(await errorOf(response)).toMatchObject({ code: 'model-not-found' })
    expect((await proxy.fetch(chatRequest())).status).toBe(200)
    expect(fetch).toHaveBeenCalledOnce()
  })
})

describe('an upstream that refuses', () => {
  it('is passed on with its status, its JSON and its wait', async () => {
    const body = { error: { message: 'Slow down', type: 'rate_limit', code: 'rate_limited' } }
    const { proxy } = proxyTo(() => Response.json(body, { status: 429, headers: { 'retry-after': '7' } }))
    const response = await proxy.fetch(chatRequest())
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await response.json()).toEqual(body)
  })

  it('cannot give the key away, neither in its body nor in a header', async () => {
    const body = { error: { message: `Incorrect API key provided: ${secretKey}` } }
    const { proxy } = proxyTo(() => Response.json(body, { status: 401, headers: { 'x-request-id': secretKey } }))
    const response = await proxy.fetch(chatRequest())
    expect(response.headers.get('x-request-id')).toBe('[redacted]')
    expect(await errorOf(response)).toEqual({ message: 'Incorrect API key provided: [redacted]' })
  })

  it.each([
    ['a page of HTML', '<h1>502 Bad Gateway</h1>'],
    ['more than an error', JSON.stringify({ text: 'x'.repeat(70_000) })],
    ['nothing', ''],
  ])('with %s is told of in JSON', async (_what, body) => {
    const { proxy } = proxyTo(() => new Response(body, { status: 502, headers: { 'content-type': 'text/html' } }))
    const response = await proxy.fetch(chatRequest())
    expect(response.status).toBe(502)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await errorOf(response)).toMatchObject({ message: 'The provider answered 502.', type: 'upstream_error' })
  })

  it('with a redirect is not followed', async () => {
    const { proxy, fetch, sent } = proxyTo(() => Response.redirect('https://elsewhere.test/', 307))
    expect((await proxy.fetch(chatRequest())).status).toBe(502)
    expect(sent().redirect).toBe('manual')
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('by not being there is a 502 that says nothing of the cause', async () => {
    const { proxy } = proxyTo(() => Promise.reject(new TypeError(`connect ${secretKey}`)))
    const response = await proxy.fetch(chatRequest())
    expect(response.status).toBe(502)
    expect(await errorOf(response)).toEqual({
      message: 'The provider could not be reached.',
      type: 'upstream_error',
      param: null,
      code: 'network',
    })
  })
})
