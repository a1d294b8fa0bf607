import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chatRequest, eventStream, getRequest, proxyTo } from '../test-support/scripted-upstream.ts'
import { serve } from '../test-support/serve.ts'
import type { Authenticate } from './identity.ts'
import { jwtAuth } from './jwt-auth.ts'
import { tokenAuth } from './token-auth.ts'

const done = 'data: [DONE]\n\n'
const token = 'tk-0123456789abcdef'

async function statusWith(authenticate: Authenticate, authorization?: string): Promise<number> {
  const { proxy } = proxyTo(() => eventStream(done), { authenticate })
  return (await proxy.fetch(chatRequest({ headers: authorization ? { authorization } : {} }))).status
}

describe('without authentication', () => {
  async function statusFrom(headers: Record<string, string>, remoteAddress?: string, url = 'http://localhost') {
    const { proxy } = proxyTo(() => Response.json({ data: [] }))
    const context = remoteAddress === undefined ? undefined : { remoteAddress }
    return (await proxy.fetch(new Request(`${url}/v1/models`, { headers }), context)).status
  }

  it.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], [undefined]])(
    'answers this machine, at %s',
    async (address) => {
      expect(await statusFrom({}, address)).toBe(200)
    },
  )

  it('answers nobody else', async () => {
    expect(await statusFrom({}, '192.168.0.7')).toBe(401)
    expect(await statusFrom({}, '2001:db8::1')).toBe(401)
    expect(await statusFrom({}, undefined, 'https://chat.example.com')).toBe(401)
  })

  it.each([
    ['a name that was pointed here', { host: 'rebound.test:8787' }],
    ['a page elsewhere', { origin: 'https://evil.test' }],
    ['a page without an origin', { origin: 'null' }],
    ['somebody another proxy speaks for', { 'x-forwarded-for': '127.0.0.1' }],
  ])('does not answer %s', async (_who, headers) => {
    expect(await statusFrom(headers, '127.0.0.1')).toBe(401)
  })

  it.each<[string, object]>([
    ['Hono on Node', { incoming: { socket: { remoteAddress: '192.168.0.7' } } }],
    ['Deno', { remoteAddr: { hostname: '192.168.0.7' } }],
    ['Bun', { requestIP: () => ({ address: '192.168.0.7' }) }],
  ])('knows others apart by what %s tells', async (_platform, context) => {
    const { proxy } = proxyTo(() => Response.json({ data: [] }))
    expect((await proxy.fetch(getRequest('/v1/models'), context)).status).toBe(401)
  })
})

describe('tokens', () => {
  it('let in who has one', async () => {
    expect(await statusWith(tokenAuth([token]), `Bearer ${token}`)).toBe(200)
    expect(await statusWith(tokenAuth({ alice: token }), `bearer ${token}`)).toBe(200)
  })

  it.each([undefined, 'Bearer', `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`, `Basic ${token}`, token])(
    'keep out %j',
    async (authorization) => {
      expect(await statusWith(tokenAuth([token]), authorization)).toBe(401)
    },
  )

  it.each([[[]], [['short']], [['with a space in the middle']]])('may not be %j', (tokens) => {
    expect(() => tokenAuth(tokens)).toThrow(TypeError)
  })

  it('may not come from a variable that is not set', () => {
    const { NOT_SET = '' } = process.env
    expect(() => tokenAuth({ alice: NOT_SET })).toThrow('Is the variable set')
  })
})

describe('a function of one’s own', () => {
  it.each<[string, Authenticate]>([
    ['throws', () => Promise.reject(new Error('boom'))],
    ['says nothing', () => undefined],
    ['names nobody', () => ({ id: '' })],
    ['says something else', () => true as never],
  ])('that %s lets nobody in', async (_what, authenticate) => {
    expect(await statusWith(authenticate)).toBe(401)
  })

  it('may answer itself', async () => {
    expect(await statusWith(() => new Response('pay first', { status: 402 }))).toBe(402)
  })
})

describe('JSON web tokens', () => {
  const key = 'a secret of at least thirty-two bytes'
  const bytes = new TextEncoder().encode(key)
  const options = { key, issuer: 'https://issuer.test', audience: 'millrace' }
  const signed = (change: (jwt: SignJWT) => SignJWT = (jwt) => jwt) =>
    change(
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('alice')
        .setIssuer(options.issuer)
        .setAudience(options.audience)
        .setExpirationTime('5m'),
    ).sign(bytes)
  const unsigned = (claims: object) => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', '')

  it('let in whom the issuer sent', async () => {
    expect(await statusWith(jwtAuth(options), `Bearer ${await signed()}`)).toBe(200)
  })

  it.each<[string, () => Promise<string>]>([
    ['expired', () => signed((jwt) => jwt.setExpirationTime('-5m'))],
    ['of another issuer', () => signed((jwt) => jwt.setIssuer('https://evil.test'))],
    ['for somebody else', () => signed((jwt) => jwt.setAudience('other'))],
    ['of nobody', () => signed((jwt) => jwt.setSubject(''))],
    ['garbage', async () => 'a.b.c'],
    ['with another signature', async () => `${(await signed()).split('.').slice(0, 2).join('.')}.AAAA`],
    [
      'unsigned',
      async () =>
        unsigned({ sub: 'alice', iss: options.issuer, aud: options.audience, exp: Math.floor(Date.now() / 1000) + 60 }),
    ],
  ])('keep out one that is %s', async (_what, make) => {
    expect(await statusWith(jwtAuth(options), `Bearer ${await make()}`)).toBe(401)
  })

  it('keep out one that never expires', async () => {
    const eternal = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('alice')
      .setIssuer(options.issuer)
      .setAudience(options.audience)
      .sign(bytes)
    expect(await statusWith(jwtAuth(options), `Bearer ${eternal}`)).toBe(401)
  })

  it('are verified by the keys that the issuer publishes', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }
    const issuer = await serve((_req, res) => res.end(JSON.stringify({ keys: [jwk] })))
    onTestFinished(issuer.close)
    const authenticate = jwtAuth({ jwksURL: `${issuer.url}/jwks`, issuer: issuer.url, audience: 'millrace' })
    const signedBy = (key: CryptoKey, kid: string) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid })
        .setSubject('alice')
        .setIssuer(issuer.url)
        .setAudience('millrace')
        .setExpirationTime('5m')
        .sign(key)
    expect(await statusWith(authenticate, `Bearer ${await signedBy(privateKey, 'one')}`)).toBe(200)
    const stranger = await generateKeyPair('ES256')
    expect(await statusWith(authenticate, `Bearer ${await signedBy(stranger.privateKey, 'one')}`)).toBe(401)
    expect(await statusWith(authenticate, `Bearer ${await signedBy(privateKey, 'two')}`)).toBe(401)
  })

  it('with a public key are not taken when they are signed with its text as a secret', async () => {
    const { publicKey } = await generateKeyPair('RS256')
    const authenticate = jwtAuth({ key: publicKey, issuer: options.issuer, audience: options.audience })
    expect(await statusWith(authenticate, `Bearer ${await signed()}`)).toBe(401)
  })

  it('are known by the whole of them, not by how they begin', async () => {
    const authenticate = jwtAuth(options)
    const good = await signed()
    expect(await statusWith(authenticate, `Bearer ${good}`)).toBe(200)
    expect(await statusWith(authenticate, `Bearer ${good.slice(0, -4)}AAAA`)).toBe(401)
  })

  it('are not taken with options that would let anybody in', () => {
    expect(() => jwtAuth({ ...options, key: 'short' })).toThrow(TypeError)
    expect(() => jwtAuth({ ...options, issuer: '' })).toThrow(TypeError)
    expect(() => jwtAuth({ ...options, algorithms: ['none'] })).toThrow(TypeError)
    expect(() => jwtAuth({ issuer: 'i', audience: 'a' })).toThrow(TypeError)
    expect(() => jwtAuth({ jwksURL: 'http://issuer.test/jwks', issuer: 'i', audience: 'a' })).toThrow('https')
  })
})
