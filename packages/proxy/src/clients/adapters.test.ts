import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { pause, reply } from '@millrace/testing'
import express from 'express'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { openToAll } from '../auth/identity.ts'
import { toNodeHandler } from '../node-handler.ts'
import type { ChatProxy } from '../proxy.ts'
import { replyPieces } from '../test-support/scripted-upstream.ts'
import { type Served, type ServedProxy, serveProxy } from '../test-support/serve.ts'

let served: Served | undefined
afterEach(() => served?.close())

const chat = (prompt: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: prompt }] }),
})

/** The ways in which the README says that a proxy can be put on Node. */
const ways: [string, (proxy: ChatProxy) => RequestListener][] = [
  ['node:http', (proxy) => toNodeHandler(proxy)],
  ['Hono’s adapter for Node', (proxy) => getRequestListener(proxy.fetch, { overrideGlobalObjects: false })],
  [
    'a Hono app',
    (proxy) => {
      const app = new Hono()
      app.all('*', (c) => proxy.fetch(c.req.raw, c.env))
      return getRequestListener(app.fetch, { overrideGlobalObjects: false })
    },
  ],
  ['Express', (proxy) => express().use(toNodeHandler(proxy))],
]

describe.each(ways)('on %s', (_name, listenerOf) => {
  async function start(): Promise<ServedProxy> {
    const proxy = await serveProxy(
      { script: ({ prompt }) => (prompt === 'slow' ? reply('One ', pause(60_000), 'two') : 'Xin chào') },
      { log: false },
      listenerOf,
    )
    served = proxy
    return proxy
  }

  it('a reply streams', async () => {
    const { baseURL } = await start()
    const response = await fetch(`${baseURL}/chat/completions`, chat('Why?'))
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(await response.text()).toMatch(/"content":" ?chào".*data: \[DONE\]\n\n$/s)
  })

  it('each piece goes out before the next is there, and the provider hears when the client leaves', async () => {
    const { baseURL, provider } = await start()
    const received = await replyPieces(await fetch(`${baseURL}/chat/completions`, chat('slow')))
    let text = ''
    while (!text.includes('One')) text += await received.next()
    await received.cancel()
    await provider.requests[0]?.settled
    expect(provider.requests[0]?.cancelled).toBe(true)
  })

  it('this machine alone is answered where nobody is asked who they are', async () => {
    const { baseURL } = await start()
    const rebound = await fetch(`${baseURL}/models`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
    expect([rebound.status, (await fetch(`${baseURL}/models`)).status]).toEqual([401, 200])
  })
})

describe('where there is a fetch handler and no more', () => {
  it('the proxy is one, as Workers, Bun and Deno want it', async () => {
    const { proxy, close } = await serveProxy({ script: 'Xin chào' }, { authenticate: openToAll() })
    served = { url: '', close }
    // What they call is `export default`’s fetch, with something of their own beside the request.
    const handler: { fetch(request: Request, env: unknown): Promise<Response> } = proxy
    const request = new Request('https://worker.example/v1/chat/completions', chat('Why?'))
    expect(await (await handler.fetch(request, { SECRET: 1 })).text()).toContain('[DONE]')
  })

  it('a route of Next is made of it', async () => {
    const { proxy, close } = await serveProxy({ script: 'Xin chào' }, { authenticate: openToAll() })
    served = { url: '', close }
    const POST = (request: Request) => proxy.fetch(request)
    const request = new Request('https://app.example/v1/chat/completions', chat('Why?'))
    expect(await (await POST(request)).text()).toContain('[DONE]')
  })
})
