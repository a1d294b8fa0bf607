import { describe, expect, it } from 'vitest'
import { jwtAuth } from '../auth/jwt-auth.ts'
import { tokenAuth } from '../auth/token-auth.ts'
import { createProxy } from '../proxy.ts'
import { routes } from '../routes.ts'
import {
  baseURL,
  chatRequest,
  eventStream,
  getRequest,
  proxyTo,
  scriptedBody,
  secretKey,
} from '../test-support/scripted-upstream.ts'

// The numbers are those of the checklist that the proxy was built against; the other half is in the files beside this one.

const tokens = { alice: 'tk-alice-0123456789', bob: 'tk-bob-0123456789ab' }
const as = (name: keyof typeof tokens) => ({ authorization: `Bearer ${tokens[name]}` })
const done = 'data: [DONE]\n\n'
const guarded = (body: BodyInit = done) => proxyTo(() => eventStream(body), { authenticate: tokenAuth(tokens) })

describe('1: a stream belongs to who asked for it', () => {
  it.each([
    ['GET', ''],
    ['POST', '/cancel'],
    ['DELETE', ''],
  ])('%s of another’s stream%s reads like that of one that never was', async (method, action) => {
    const { proxy } = guarded(scriptedBody().stream)
    const response = await proxy.fetch(chatRequest({ headers: as('alice') }))
    const streamId = response.headers.get('x-stream-id') ?? ''
    expect(streamId).not.toBe('')
    const ask = async (id: string) => {
      const url = `http://localhost/v1/streams/${id}${action}`
      const answer = await proxy.fetch(new Request(url, { method, headers: as('bob') }))
      return [answer.status, await answer.text()]
    }
    const unknown = streamId.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))
    expect(await ask(streamId)).toEqual(await ask(unknown))
    expect((await ask(streamId))[0]).toBe(404)
    proxy.close()
  })
})

describe('2: who cannot be known is nobody', () => {
  it('where the verifier fails', async () => {
    const authenticate = jwtAuth({ jwksURL: 'http://127.0.0.1:9/jwks', issuer: 'i', audience: 'a' })
    const { proxy, fetch } = proxyTo(() => eventStream(done), { authenticate })
    const token = `${btoa('{"alg":"RS256","kid":"1"}')}.${btoa('{"sub":"alice"}')}.AAAA`
    const response = await proxy.fetch(chatRequest({ headers: { authorization: `Bearer ${token}` } }))
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain('127.0.0.1')
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('3: a token is a secret, and no question to a database', () => {
  it.each([`' OR '1'='1`, '*', '%', '.*', 'undefined', 'null', 'true', '__proto__', 'alice', '{{7*7}}'])(
    'so %j is none',
    async (guess) => {
      const { proxy } = guarded()
      expect((await proxy.fetch(chatRequest({ headers: { authorization: `Bearer ${guess}` } }))).status).toBe(401)
    },
  )
})

describe('4: a path counts as it is written, and no header names another', () => {
  const paths = [
    '//v1/chat/completions',
    '/v1//chat/completions',
    '/V1/chat/completions',
    '/v1/chat/completions/',
    '/v1/chat%2fcompletions',
    '/v1/chat/completions;.css',
    '/health/../v1/chat/completions',
    '/health/..;/v1/chat/completions',
    '/health%2f..%2fv1/models',
    '/livez/v1/models',
    '/v1/streams/..%2f..%2fhealth',
  ]

  it.each(paths)('%s asks who you are', async (path) => {
    const { proxy, fetch } = guarded()
    const response = await proxy.fetch(new Request(`http://localhost${path}`, { method: 'POST', body: '{}' }))
    expect(response.status).toBe(401)
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each<Record<string, string>>([
    { host: 'localhost:4000/#@evil' },
    { 'x-forwarded-host': 'localhost' },
    { 'x-original-url': '/health' },
    { 'x-rewrite-url': '/health' },
    { 'x-http-method-override': 'GET' },
    { forwarded: 'for=127.0.0.1;host=localhost' },
  ])('%j changes nothing', async (headers) => {
    const { proxy } = guarded()
    expect((await proxy.fetch(chatRequest({ headers }))).status).toBe(401)
  })
})

describe('5: one way in for all routes', () => {
  const openPaths = ['/health', '/livez', '/readyz']

  it('has these doors open and no others', () => {
    expect(routes.filter(({ isOpen }) => isOpen).map(({ path }) => path)).toEqual(openPaths)
  })

  it.each(routes.filter(({ isOpen }) => !isOpen).map((route) => [route.method, route.path]))(
    '%s %s asks who you are',
    async (method, path) => {
      const { proxy } = proxyTo(() => eventStream(done), { authenticate: tokenAuth(tokens), metrics: true })
      const url = `http://localhost${path.replace(':id', 'abc')}`
      expect((await proxy.fetch(new Request(url, { method }))).status).toBe(401)
    },
  )

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])(
    '%s of anything else does too',
    async (method) => {
      const { proxy } = guarded()
      expect((await proxy.fetch(new Request('http://localhost/config/update', { method }))).status).toBe(401)
      expect((await proxy.fetch(new Request('http://localhost/v1/models', { method }))).status).toBe(401)
    },
  )
})

describe('15: nobody is let in by default', () => {
  it('that is not on this machine', async () => {
    const { proxy } = proxyTo(() => eventStream(done))
    expect((await proxy.fetch(chatRequest(), { remoteAddress: '203.0.113.9' })).status).toBe(401)
  })

  it('and nothing can be configured from outside', () => {
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/chat/completions',
      'POST /api/stream-chat',
      'GET /v1/models',
      'GET /v1/streams/:id',
      'DELETE /v1/streams/:id',
      'POST /v1/streams/:id/cancel',
      'GET /metrics',
      'GET /health',
      'GET /livez',
      'GET /readyz',
    ])
  })
})

describe('17: health tells strangers nothing, and does not work for them', () => {
  it('names no address, no key and no model', async () => {
    const { proxy } = proxyTo(() => Response.json({ data: [{ id: 'gpt-4.1' }] }), {
      models: ['gpt-4.1'],
      authenticate: tokenAuth(tokens),
    })
    const text = await (await proxy.fetch(getRequest('/health'), { remoteAddress: '203.0.113.9' })).text()
    for (const word of ['upstream.test', secretKey, 'gpt-4.1', 'http']) expect(text).not.toContain(word)
  })

  it('asks upstream once for a hundred of them', async () => {
    const { proxy, fetch } = proxyTo(() => Response.json({ data: [] }))
    await Promise.all(Array.from({ length: 100 }, () => proxy.fetch(getRequest('/health'))))
    expect(fetch).toHaveBeenCalledOnce()
  })

  it.each(['/health', '/livez', '/readyz'])('answers a monitor that asks for the head of %s alone', async (path) => {
    const { proxy } = proxyTo(() => Response.json({ data: [] }), { authenticate: tokenAuth(tokens) })
    expect((await proxy.fetch(new Request(`http://localhost${path}`, { method: 'HEAD' }))).status).toBe(200)
  })

  it('lives without asking upstream at all', async () => {
    const { proxy, fetch } = proxyTo(() => Response.json({ data: [] }))
    expect((await proxy.fetch(getRequest('/livez'))).status).toBe(200)
    expect((await proxy.fetch(getRequest('/readyz'))).status).toBe(200)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is not ready while it shuts down, and still alive', async () => {
    const proxy = createProxy({ upstream: { baseURL } })
    await proxy.drain(0)
    expect((await proxy.fetch(getRequest('/readyz'))).status).toBe(503)
    expect((await proxy.fetch(getRequest('/livez'))).status).toBe(200)
  })
})
