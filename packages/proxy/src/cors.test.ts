import { describe, expect, it } from 'vitest'
import { openToAll } from './auth/identity.ts'
import type { CorsOptions } from './cors.ts'
import { chatRequest, eventStream, proxyTo } from './test-support/scripted-upstream.ts'

const page = 'https://chat.example.com'
const proxyWith = (cors?: CorsOptions) =>
  proxyTo(() => eventStream('data: [DONE]\n\n'), { authenticate: openToAll(), ...(cors && { cors }) }).proxy
const preflight = (origin: string) =>
  new Request('http://localhost/v1/chat/completions', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type, last-event-id, x-stainless-os, x-evil',
    },
  })

describe('a page of another origin', () => {
  it('may read nothing where no origin is listed', async () => {
    const response = await proxyWith().fetch(chatRequest({ headers: { origin: page } }))
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect((await proxyWith().fetch(preflight(page))).headers.has('access-control-allow-origin')).toBe(false)
  })

  it('may read answers, and the headers that matter, where it is listed', async () => {
    const { headers } = await proxyWith({ origins: [page] }).fetch(chatRequest({ headers: { origin: page } }))
    expect(headers.get('access-control-allow-origin')).toBe(page)
    expect(headers.get('access-control-expose-headers')).toContain('x-stream-id')
    expect(headers.get('vary')).toBe('Origin')
  })

  it('may ask with the headers of chats and OpenAI’s clients, and hears for ten minutes that it may', async () => {
    const { status, headers } = await proxyWith({ origins: [page] }).fetch(preflight(page))
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, last-event-id, x-stainless-os',
    )
    expect(headers.get('access-control-max-age')).toBe('600')
  })

  it('reads failures too', async () => {
    const response = await proxyWith({ origins: [page] }).fetch(
      new Request('http://localhost/v1/nothing', { headers: { origin: page } }),
    )
    expect(response.status).toBe(404)
    expect(response.headers.get('access-control-allow-origin')).toBe(page)
  })

  it.each(['https://chat.example.com.evil.test', 'http://chat.example.com', 'https://chat.example.com:8443', 'null'])(
    'is not taken for a listed one: %s',
    async (origin) => {
      const cors = { origins: [page] }
      const response = await proxyWith(cors).fetch(chatRequest({ headers: { origin } }))
      expect(response.headers.has('access-control-allow-origin')).toBe(false)
      expect((await proxyWith(cors).fetch(preflight(origin))).headers.has('access-control-allow-origin')).toBe(false)
    },
  )

  it('may be any, and then without cookies', async () => {
    const { headers } = await proxyWith({ origins: ['*'] }).fetch(chatRequest({ headers: { origin: page } }))
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(() => proxyWith({ origins: ['*'], credentials: true })).toThrow(TypeError)
  })

  it.each(['chat.example.com', 'https://chat.example.com/', 'null', ''])('cannot be listed as %j', (origin) => {
    expect(() => proxyWith({ origins: [origin] })).toThrow(TypeError)
  })
})

describe('cookies', () => {
  const statusWith = async (headers: Record<string, string>) =>
    (await proxyWith({ origins: [page], credentials: true }).fetch(chatRequest({ headers }))).status

  it('count from the proxy’s own pages and from those that are listed', async () => {
    expect(await statusWith({ cookie: 'a=b', origin: page })).toBe(200)
    expect(await statusWith({ cookie: 'a=b', origin: 'https://own.test', 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await statusWith({ cookie: 'a=b', origin: 'http://own.test', host: 'own.test' })).toBe(200)
  })

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: 'own.test' },
  ])('do not count from another page, with %j', async (headers) => {
    expect(await statusWith({ cookie: 'a=b', origin: 'https://evil.test', ...headers })).toBe(403)
  })
})
