import { createServer, type RequestListener, type Server, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FakeProvider, type FakeProviderOptions, pause, reply } from '@millrace/testing'
import { serveFakeProvider } from '@millrace/testing/node'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { nodeFetch } from './node-fetch.ts'
import { toNodeHandler } from './node-handler.ts'
import type { RequestRecord } from './observe/record.ts'
import type { ProxyOptions } from './options.ts'
import { createProxy } from './proxy.ts'
import { pieces, replyPieces, replyText, secretKey } from './test-support/scripted-upstream.ts'

const servers: Server[] = []

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

const chat = (signal?: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"model":"m","stream":true,"messages":[]}',
  ...(signal && { signal }),
})

const streamHeaders = { 'content-type': 'text/event-stream' }
const delta = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'
const done = 'data: [DONE]\n\n'

describe.each([
  ['nodeFetch', nodeFetch],
  ['the fetch of the platform', fetch],
])('a proxy on node:http, that asks by %s', (_name, fetchUpstream) => {
  /** A proxy over real HTTP, in front of an upstream over real HTTP. */
  async function listenTo(upstream: RequestListener, options: Omit<ProxyOptions, 'upstream'> = {}): Promise<string> {
    const baseURL = await listen(upstream)
    return listen(
      toNodeHandler(createProxy({ fetch: fetchUpstream, ...options, upstream: { baseURL, apiKey: secretKey } })),
    )
  }

  /** The same with an upstream that speaks as a provider does. */
  async function listenToFake(options: FakeProviderOptions): Promise<{ url: string; provider: FakeProvider }> {
    const { baseURL, provider, close } = await serveFakeProvider({ ...options, apiKey: secretKey })
    onTestFinished(close)
    const proxy = createProxy({ upstream: { baseURL, apiKey: secretKey }, fetch: fetchUpstream, log: false })
    return { url: await listen(toNodeHandler(proxy)), provider }
  }

  it('passes a piece on before the upstream sends the next one', async () => {
    let goOn = () => {}
    const url = await listenTo((_req, res) => {
      res.writeHead(200, streamHeaders).write(delta)
      goOn = () => res.end(done)
    })
    const received = await replyPieces(await fetch(`${url}/v1/chat/completions`, chat()))
    expect(await received.next()).toBe(delta)
    goOn()
    expect(await received.next()).toBe(done)
    expect(await received.next()).toBeUndefined()
  })

  it('sends its headers before there is a body', async () => {
    const url = await listenTo((_req, res) => res.writeHead(200, streamHeaders).flushHeaders())
    const response = await fetch(`${url}/v1/chat/completions`, chat())
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    await response.body?.cancel()
  })

  it('says that it lives while nothing comes', async () => {
    const url = await listenTo((_req, res) => res.writeHead(200, streamHeaders).flushHeaders(), { heartbeatMs: 20 })
    const received = pieces(await fetch(`${url}/v1/chat/completions`, chat()))
    let text = ''
    while (!text.includes(': still here\n\n: still here\n\n')) text += await received.next()
    expect(text.startsWith(': ok\n\n')).toBe(true)
    await received.cancel()
  })

  it('ends the request upstream when the client leaves before the headers', async () => {
    const client = new AbortController()
    // Asked for its fault once the request has arrived.
    const fault = () => {
      client.abort()
      return 'no-response' as const
    }
    const { url, provider } = await listenToFake({ fault })
    await expect(fetch(`${url}/v1/chat/completions`, chat(client.signal))).rejects.toThrow('aborted')
    await provider.requests[0]?.settled
    expect(provider.requests[0]?.cancelled).toBe(true)
  })

  it('ends the request upstream when the client leaves in the middle', async () => {
    const { url, provider } = await listenToFake({ script: reply('Hi', pause(60_000), 'there') })
    const received = await replyPieces(await fetch(`${url}/v1/chat/completions`, chat()))
    await received.next()
    await received.cancel()
    await provider.requests[0]?.settled
    expect(provider.requests[0]?.cancelled).toBe(true)
  })

  it('tells of an upstream that was cut off in the stream', async () => {
    const url = await listenTo((_req, res) => {
      res.writeHead(200, streamHeaders).write(delta, () => res.destroy())
    })
    const text = await replyText(await fetch(`${url}/v1/chat/completions`, chat()))
    expect(text.startsWith(delta)).toBe(true)
    expect(text).toContain('"code":"incomplete"')
    expect(text).not.toContain('[DONE]')
  })

  it('says of an answer that is no stream and was cut off that it failed', async () => {
    const url = await listenTo((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":', () => res.destroy())
    })
    expect((await fetch(`${url}/v1/chat/completions`, chat())).status).toBe(502)
  })

  it('stops reading upstream while the client does not read', async () => {
    let sent = 0
    const all = 256
    const url = await listenTo((req, res) => {
      if (req.url === '/models') return res.end()
      res.writeHead(200, streamHeaders)
      const event = `data: ${'x'.repeat(256 * 1024)}\n\n`
      const write = () => {
        while (sent < all) {
          sent++
          if (!res.write(event)) return
        }
        res.end(done)
      }
      write()
      res.on('drain', write)
    })
    const response = await fetch(`${url}/v1/chat/completions`, chat())
    // Long enough for all of it to have gone through, were nothing holding it back.
    await (await fetch(`${url}/health`)).text()
    expect(sent).toBeLessThan(all)
    const text = await response.text()
    expect(text.length).toBeGreaterThan(all * 256 * 1024)
  })

  it('tells of a client that left while it was sending as of one that left', async () => {
    let tell = (_record: RequestRecord) => {}
    const told = new Promise<RequestRecord>((resolve) => {
      tell = resolve
    })
    const url = await listenTo((_req, res) => res.end(), { observe: [() => tell] })
    const request = send(`${url}/v1/chat/completions`, { method: 'POST' })
    request.on('error', () => {})
    request.write('{"model":', () => request.destroy())
    expect(await told).toMatchObject({ error: 'aborted', status: 499 })
  })

  it('answers 413 to a body that is too large, though the client is still sending it', async () => {
    const url = await listenTo((_req, res) => res.end(), { maxBodyBytes: 1000 })
    const status = await new Promise((resolve, reject) => {
      const request = send(`${url}/v1/chat/completions`, { method: 'POST' }, (res) => resolve(res.resume().statusCode))
      request.on('error', reject)
      request.write('x'.repeat(2000))
    })
    expect(status).toBe(413)
  })

  it('takes the path as it is written, whatever host the request names', async () => {
    const url = await listenTo((_req, res) => res.end('{}'))
    const statusOf = (path: string, host: string) =>
      new Promise((resolve, reject) => {
        send(url, { path, headers: { host } }, (res) => resolve(res.resume().statusCode))
          .on('error', reject)
          .end()
      })
    expect(await statusOf('/v1/models', 'localhost/#@evil.test')).toBe(200)
    expect(await statusOf('//evil.test/v1/models', 'localhost')).toBe(404)
    expect(await statusOf('http://evil.test/v1/models', 'localhost')).toBe(400)
  })
})

describe('a proxy as middleware', () => {
  it('leaves what is not its own to the next one', async () => {
    const handler = toNodeHandler(createProxy({ upstream: { baseURL: 'https://upstream.test' } }))
    const url = await listen((req, res) => handler(req, res, () => res.end(`next: ${req.url}`)))
    expect(await (await fetch(`${url}/index.html`)).text()).toBe('next: /index.html')
    expect((await fetch(`${url}/v1/unknown`)).status).toBe(404)
  })

  it('answers at once where the one in front has read the body', async () => {
    const handler = toNodeHandler(createProxy({ upstream: { baseURL: 'https://upstream.test' } }))
    const url = await listen((req, res) => req.resume().once('end', () => handler(req, res)))
    expect((await fetch(`${url}/v1/chat/completions`, chat())).status).toBe(400)
  })
})
