import { createSseDecoder } from '@millrace/core/sse'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jsonLines } from '../observe/json-lines.ts'
import {
  chatRequest,
  eventStream,
  getRequest,
  proxyTo,
  replyText,
  scriptedBody,
  secretKey,
} from '../test-support/scripted-upstream.ts'

// See who-may-ask.test.ts for the numbers.

const done = 'data: [DONE]\n\n'
const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`

describe('7: the key gets out nowhere', () => {
  const said = { error: { message: `Incorrect API key: ${secretKey}. You sent Bearer ${secretKey}`, key: secretKey } }
  const thrown = () => {
    throw Object.assign(new Error(secretKey, { cause: new Error(secretKey) }), { name: secretKey, key: secretKey })
  }
  const json = (status: number) => () =>
    Response.json(said, {
      status,
      headers: { 'x-request-id': secretKey, 'retry-after': secretKey, 'x-key': secretKey },
    })

  const consoleLines: string[] = []
  beforeEach(() => {
    for (const method of ['log', 'error', 'warn', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...args) => void consoleLines.push(args.map(String).join(' ')))
    }
  })
  afterEach(() => {
    vi.restoreAllMocks()
    consoleLines.length = 0
  })

  it('nor the one that stands in the query of the base URL', async () => {
    const queryKey = 'q-0123456789'
    const upstream = { baseURL: `https://upstream.test/v1?api-version=2024-10-21&key=${queryKey}` }
    const { proxy, sent } = proxyTo(({ url }) => Response.json({ error: { message: url } }, { status: 404 }), {
      upstream,
    })
    expect(await (await proxy.fetch(chatRequest())).text()).toContain('?api-version=2024-10-21&key=[redacted]')
    expect(new URL(sent().url).searchParams.get('key')).toBe(queryKey)
  })

  it.each<[string, () => Response | Promise<Response>]>([
    ['a 401 that repeats it', json(401)],
    ['a 500 that repeats it', json(500)],
    ['a 200 that repeats it', json(200)],
    ['a page of HTML', () => new Response(`<p>${secretKey}</p>`, { status: 502 })],
    ['a fetch that throws it', thrown],
    ['a fetch that rejects with it', async () => thrown()],
    ['a stream that says it', () => eventStream(delta(secretKey) + done)],
    ['a stream that ends in it', () => eventStream(`${delta('a')}error: ${secretKey}\n\n`)],
    ['events named by it', () => eventStream(`event: ${secretKey}\nid: ${secretKey}\n${delta('a')}${done}`)],
    ['a redirect to it', () => Response.redirect(`https://elsewhere.test/${secretKey}`, 307)],
    [
      'a stream that breaks off with it',
      () => {
        const body = scriptedBody()
        body.send(`${delta('a')}data: ${secretKey}`)
        body.close()
        return eventStream(body.stream)
      },
    ],
  ])('not by %s: neither in answers, nor in lines, nor in metrics', async (_how, answer) => {
    const lines: string[] = []
    const { proxy } = proxyTo(answer, { metrics: true, observe: [jsonLines((line) => lines.push(line))] })
    const out: string[] = []
    for (const request of [
      chatRequest(),
      chatRequest({ body: '{"model":"m"}' }),
      new Request('http://localhost/api/stream-chat', { method: 'POST', body: '{"prompt":"Hi"}' }),
      getRequest('/v1/models'),
      getRequest('/health'),
      getRequest('/metrics'),
    ]) {
      const response = await proxy.fetch(request)
      out.push(JSON.stringify([...response.headers]), await response.text())
    }
    await vi.waitFor(() => expect(lines).toHaveLength(5))
    const everything = [...out, ...lines, ...consoleLines].join('\n')
    expect(everything.length).toBeGreaterThan(1000)
    expect(everything).not.toContain(secretKey)
  })

  it('nor do cookies and names of the account, either way', async () => {
    const headers = {
      'content-type': 'text/event-stream',
      'set-cookie': 'a=b',
      'openai-organization': 'org-1',
      connection: 'keep-alive',
      'x-powered-by': 'x',
    }
    const { proxy, sent } = proxyTo(() => new Response(done, { headers }))
    const answer = await proxy.fetch(chatRequest({ headers: { authorization: 'Bearer client', cookie: 'a=b' } }))
    for (const name of ['set-cookie', 'openai-organization', 'connection', 'x-powered-by']) {
      expect(answer.headers.has(name)).toBe(false)
    }
    expect(sent().headers.has('cookie')).toBe(false)
    expect(sent().headers.get('authorization')).not.toContain('client')
  })
})

describe('10: no event is forged', () => {
  const evil = 'data: {"forged":true}'

  it.each(['\r', '\n', '\r\n', '\0'])('by a line that ends in %j inside an id, a name or the data', async (end) => {
    const answer = `id: 1${end}${evil}\nevent: a${end}${evil}\ndata: {"a":"b"}\n\n`
    const { proxy } = proxyTo(() => eventStream(answer + done))
    const response = await proxy.fetch(chatRequest())
    const streamId = response.headers.get('x-stream-id')
    // Whatever the upstream means by it, each event is one of this stream's own, numbered by the proxy.
    const ids = createSseDecoder()
      .push(await response.text())
      .map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids).toEqual(ids.map((_, index) => `${streamId}:${index + 1}`))
  })

  it('by the last-event-id of a client', async () => {
    const { proxy } = proxyTo(() => eventStream(scriptedBody().stream))
    const streamId = (await proxy.fetch(chatRequest())).headers.get('x-stream-id')
    const request = new Request(`http://localhost/v1/streams/${streamId}?after=1%0Adata:%20forged%0A%0A`)
    const response = await proxy.fetch(request)
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain('forged')
    proxy.close()
  })

  it('by what an error says', async () => {
    let refuse = (_response: Response) => {}
    const refusal = new Promise<Response>((resolve) => {
      refuse = resolve
    })
    const { proxy } = proxyTo(() => refusal, { headersAfterMs: 0 })
    // The stream has begun by then, so the refusal becomes an event.
    const response = await proxy.fetch(chatRequest())
    refuse(Response.json({ error: { message: `x\n\n${evil}\n\n` } }, { status: 400 }))
    const text = await replyText(response)
    const events = createSseDecoder().push(text)
    expect(events).toHaveLength(1)
    expect(JSON.parse(events[0]?.data ?? '').error.message).toContain('forged')
  })
})

describe('12: what is asked and answered is written nowhere', () => {
  it('of the proxy’s lines and metrics', async () => {
    const lines: string[] = []
    const { proxy } = proxyTo(() => eventStream(delta('the secret answer') + done), {
      metrics: true,
      observe: [jsonLines((line) => lines.push(line))],
    })
    const messages = [{ role: 'user', content: 'the secret question' }]
    await (await proxy.fetch(chatRequest({ body: JSON.stringify({ model: 'm', stream: true, messages }) }))).text()
    const metrics = await (await proxy.fetch(getRequest('/metrics'))).text()
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('') + metrics).not.toContain('the secret')
  })

  it('after it was deleted', async () => {
    const { proxy } = proxyTo(() => eventStream(delta('a') + done))
    const response = await proxy.fetch(chatRequest())
    await response.text()
    const url = `http://localhost/v1/streams/${response.headers.get('x-stream-id')}?after=0`
    expect(await (await proxy.fetch(new Request(url))).text()).toContain('"content":"a"')
    expect((await proxy.fetch(new Request(url, { method: 'DELETE' }))).status).toBe(204)
    expect((await proxy.fetch(new Request(url))).status).toBe(404)
  })
})

describe('16: an upstream is not trusted either', () => {
  it('not to end its events', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(1024 * 1024))
    let sent = 0
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: ')),
      pull(controller) {
        sent++
        controller.enqueue(chunk)
      },
    })
    const { proxy } = proxyTo(() => eventStream(endless))
    expect(await replyText(await proxy.fetch(chatRequest()))).toContain('"code":"event-too-large"')
    expect(sent).toBeLessThan(10)
  })

  it('not to send an answer that has no end', async () => {
    const chunk = new Uint8Array(4 * 1024 * 1024).fill(0x20)
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })
    const { proxy } = proxyTo(() => new Response(endless, { headers: { 'content-type': 'application/json' } }))
    expect((await proxy.fetch(chatRequest({ body: '{"model":"m"}' }))).status).toBe(502)
  })

  it('not to name prototypes', async () => {
    const list = { data: [JSON.parse('{"id":"__proto__","__proto__":{"polluted":1}}'), { id: 'constructor' }] }
    const { proxy } = proxyTo(() => Response.json(list), { models: ['gpt-4.1'] })
    expect((await (await proxy.fetch(getRequest('/v1/models'))).json()).data).toEqual([])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
