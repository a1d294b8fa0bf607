import { createChat } from '@millrace/hooks'
import { createFakeProvider } from '@millrace/testing'
import { expect, it, vi } from 'vitest'
import { createInspector, type InspectorOptions } from './create-inspector.ts'
import { toCurl } from './to-curl.ts'

const key = 'sk-hs-very-secret'

async function inspected(options: InspectorOptions = {}, script = 'The wheel turns.') {
  const { fetch } = createFakeProvider({ script })
  const inspector = createInspector({ fetch, ...options })
  const chat = createChat({
    apiKey: key,
    baseURL: 'https://model.test/v1',
    retry: { attempts: 0 },
    fetch: inspector.fetch,
    onChunk: inspector.onChunk,
  })
  const reply = await chat.sendMessage("What does the miller's wheel do?")
  await vi.waitFor(() => expect(inspector.getExchanges().at(-1)?.endedAtMs).toBeDefined())
  const exchange = inspector.getExchanges().at(-1) ?? expect.fail('nothing was written down')
  const entries = exchange.blocks.flat()
  const textsOf = (kind: string) => entries.filter((entry) => entry.kind === kind).map(({ text }) => text)
  return { inspector, reply, exchange, entries, textsOf }
}

it('changes nothing of an answer', async () => {
  const { reply } = await inspected()
  expect(reply.content).toBe('The wheel turns.')
  expect(reply.finishReason).toBe('stop')
})

it('leaves an answer without content as it is, though it has a body in Chromium', async () => {
  const response = new Response(null, { status: 204 })
  Object.defineProperty(response, 'body', { value: new Response('').body })
  const inspector = createInspector({ fetch: async () => response })
  expect(await inspector.fetch('https://model.test/v1/streams/s1')).toBe(response)
})

it('keeps lines, events and chunks, and when they came', async () => {
  const { exchange, entries, textsOf } = await inspected()
  expect(exchange).toMatchObject({ method: 'POST', status: 200, url: 'https://model.test/v1/chat/completions' })
  expect(textsOf('line').at(-1)).toBe('data: [DONE]')
  expect(textsOf('event').at(-1)).toBe('message: [DONE]')
  expect(textsOf('chunk').some((text) => text.includes('"message-end"'))).toBe(true)
  expect(exchange.pieces.length).toBeGreaterThan(0)
  expect(entries.every(({ atMs }, index) => atMs >= (entries[index - 1]?.atMs ?? 0))).toBe(true)
})

it('keeps no key, wherever it turns up', async () => {
  const fetch = async () =>
    new Response(`{"error":{"message":"Incorrect API key: ${key}"}}`, {
      status: 401,
      headers: { 'content-type': 'application/json', 'set-cookie': key, 'x-echo': key },
    })
  const { exchange } = await inspected({ fetch })
  expect(JSON.stringify(exchange)).not.toContain(key)
  expect(exchange.blocks.flat()[0]?.text).toContain('Incorrect API key: •••')
  expect(exchange.requestHeaders).toContainEqual(['authorization', '•••'])
})

it('keeps no key that a chunk repeats', async () => {
  const fetch = async () =>
    new Response(`data: {"choices":[{"delta":{"content":"You sent ${key}."}}]}\n\n`, {
      headers: { 'content-type': 'text/event-stream' },
    })
  const { exchange, textsOf } = await inspected({ fetch })
  expect(textsOf('chunk').join()).toContain('You sent •••.')
  expect(JSON.stringify(exchange)).not.toContain(key)
})

it.each(['Bearer', 'Token', 'Key'])('keeps no key behind the word %s', async (scheme) => {
  const inspector = createInspector({
    fetch: async () => new Response(`No such key: ${key}`, { headers: { 'content-type': 'text/plain' } }),
  })
  const response = await inspector.fetch('https://model.test/v1', { headers: { authorization: `${scheme} ${key}` } })
  await response.text()
  await vi.waitFor(() => expect(inspector.getExchanges()[0]?.endedAtMs).toBeDefined())
  expect(inspector.getExchanges()[0]?.blocks.flat()[0]?.text).toBe('No such key: •••')
})

it('keeps nothing of a key that begins as another one', async () => {
  const inspector = createInspector({ fetch: async () => new Response() })
  await inspector.fetch('https://model.test/v1', {
    method: 'POST',
    headers: { 'a-key': 'sk-1234', authorization: 'Bearer sk-1234-5678' },
    body: 'sk-1234-5678',
  })
  await vi.waitFor(() => expect(inspector.getExchanges()).toHaveLength(1))
  expect(inspector.getExchanges()[0]?.requestBody).toBe('•••')
})

it('keeps one exchange alone where one is to be kept', async () => {
  const { inspector } = await inspected({ maxExchanges: 1 })
  await (await inspector.fetch('https://model.test/v2')).text()
  await vi.waitFor(() => expect(inspector.getExchanges().at(-1)?.url).toBe('https://model.test/v2'))
  expect(inspector.getExchanges()).toHaveLength(1)
})

it('keeps no key of an address', async () => {
  const inspector = createInspector({ fetch: async () => new Response('{}') })
  await (await inspector.fetch(`https://model.test/v1?key=${key}&alt=sse`)).text()
  await vi.waitFor(() => expect(inspector.getExchanges()).toHaveLength(1))
  expect(inspector.getExchanges()[0]?.url).toBe('https://model.test/v1?key=_&alt=sse')
})

it('is a command without the key', async () => {
  const command = toCurl((await inspected()).exchange)
  expect(command).toContain("curl -N -X POST 'https://model.test/v1/chat/completions'")
  expect(command).toContain('-H "authorization: $AUTHORIZATION"')
  expect(command).toContain("miller'\\''s wheel")
  expect(command).not.toContain(key)
})

it('lets go of the oldest entries, and counts them', async () => {
  const { exchange } = await inspected({ maxEntries: 200 }, 'water '.repeat(400))
  const kept = exchange.blocks.flat().length
  expect(kept).toBeLessThan(300)
  expect(exchange.dropped).toBeGreaterThan(400)
  expect(exchange.blocks.flat().at(-1)?.text).toContain('message-end')
})

it('lets go of the oldest exchanges, and of all when it is told to', async () => {
  const inspector = createInspector({ fetch: async () => new Response('{}'), maxExchanges: 2 })
  for (const path of ['a', 'b', 'c']) await (await inspector.fetch(`https://model.test/${path}`)).text()
  await vi.waitFor(() => expect(inspector.getExchanges().map(({ id }) => id)).toEqual([2, 3]))
  inspector.clear()
  await vi.waitFor(() => expect(inspector.getExchanges()).toEqual([]))
})

it('keeps the beginning of what is very long, and passes on all of it', async () => {
  const bodies: string[] = []
  const inspector = createInspector({
    fetch: async (input) => {
      bodies.push(await (input as Request).text())
      return new Response(`data: ${'b'.repeat(30_000)}\n\n`, { headers: { 'content-type': 'text/event-stream' } })
    },
  })
  const response = await inspector.fetch('https://model.test/', { method: 'POST', body: 'a'.repeat(600_000) })
  expect(await response.text()).toHaveLength(30_008)
  expect(bodies[0]).toHaveLength(600_000)
  await vi.waitFor(() => expect(inspector.getExchanges()[0]?.endedAtMs).toBeDefined())
  expect(inspector.getExchanges()[0]?.requestBody).toHaveLength(500_001)
  expect(inspector.getExchanges()[0]?.blocks.flat()[0]?.text).toHaveLength(20_001)
})

it('counts all that came, also beyond what is kept', async () => {
  const count = 10_001
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let piece = 0; piece < count; piece++) controller.enqueue(new Uint8Array(2))
      controller.close()
    },
  })
  const inspector = createInspector({ fetch: async () => new Response(body) })
  await (await inspector.fetch('https://model.test/')).arrayBuffer()
  await vi.waitFor(() => expect(inspector.getExchanges()[0]?.endedAtMs).toBeDefined())
  expect(inspector.getExchanges()[0]?.pieces).toHaveLength(10_000)
  expect(inspector.getExchanges()[0]?.received).toEqual({ pieces: count, bytes: 2 * count })
})

it('says why nothing came, and passes the failure on', async () => {
  const inspector = createInspector({ fetch: () => Promise.reject(new TypeError(`no route, ${key}`)) })
  const headers = { authorization: `Bearer ${key}` }
  await expect(inspector.fetch('https://model.test/', { headers })).rejects.toThrow('no route')
  await vi.waitFor(() => expect(inspector.getExchanges()[0]?.failure).toBe('TypeError: no route, •••'))
})

it('ends with the reader who leaves, and stops the sender', async () => {
  const cancel = vi.fn()
  const body = new ReadableStream({ cancel, start: (controller) => controller.enqueue(new Uint8Array(3)) })
  const inspector = createInspector({ fetch: async () => new Response(body) })
  const response = await inspector.fetch('https://model.test/')
  await response.body?.cancel('enough')
  expect(cancel).toHaveBeenCalledWith('enough')
  await vi.waitFor(() => expect(inspector.getExchanges()[0]?.failure).toBe('enough'))
})
