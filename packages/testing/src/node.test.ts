import { connect } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { type ServedProvider, type ServeOptions, serveFakeProvider } from './node.ts'
import { callTool, inTurn, pause, reply, say } from './reply/reply.ts'
import { bodyOf, chatRequest, readMessage } from './test-support/ask.ts'

const served: ServedProvider[] = []
afterEach(async () => {
  await Promise.all(served.splice(0).map((server) => server.close()))
})

async function serve(options: ServeOptions = {}): Promise<ServedProvider> {
  const server = await serveFakeProvider(options)
  served.push(server)
  return server
}

const askOver = ({ baseURL }: ServedProvider, init: RequestInit = {}) =>
  fetch(`${baseURL}/chat/completions`, { ...chatRequest('Chào bạn'), ...init })

it('streams a reply over HTTP', async () => {
  const server = await serve({ script: inTurn('Chào bạn! 日本語', reply(callTool('clock'))) })
  const response = await askOver(server)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(await readMessage(response)).toMatchObject({ content: 'Chào bạn! 日本語', finishReason: 'stop' })
  expect((await readMessage(await askOver(server))).finishReason).toBe('tool-calls')
  expect(server.provider.requests[0]?.prompt).toBe('Chào bạn')
})

it('sends the headers before there is a body', async () => {
  const response = await askOver(await serve({ fault: 'stall-before-first-token' }))
  expect(response.status).toBe(200)
  await bodyOf(response).cancel()
})

it('sends each piece when it is due', async () => {
  const script = reply(say(['first']), pause(3_600_000), say(['never']))
  const reader = bodyOf(await askOver(await serve({ script }))).getReader()
  const utf8 = new TextDecoder()
  let text = ''
  while (!text.includes('first')) text += utf8.decode((await reader.read()).value, { stream: true })
  expect(text).not.toContain('never')
  await reader.cancel()
})

it('answers an error with its status and headers', async () => {
  const response = await askOver(await serve({ fault: 'rate-limited' }))
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '20'])
  expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } })
})

it('answers a preflight', async () => {
  const { url } = await serve()
  const response = await fetch(`${url}/v1/models`, { method: 'OPTIONS' })
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
})

it('destroys the socket where the connection is cut', async () => {
  const server = await serve({ script: reply(say(['one ', 'two ', 'three ', 'four'])), fault: 'cut' })
  expect(await readMessage(await askOver(server))).toMatchObject({ content: 'one two ', finishReason: 'incomplete' })
  await expect(askOver(server).then((response) => response.text())).rejects.toThrow('terminated')
})

it('closes cleanly where the stream ends early', async () => {
  const server = await serve({ fault: 'close-early' })
  const text = await (await askOver(server)).text()
  expect(text).not.toContain('[DONE]')
})

it('breaks the connection off where it is to be unreachable', async () => {
  const server = await serve({ fault: 'unreachable' })
  await expect(askOver(server)).rejects.toThrow('fetch failed')
})

it('records a client that leaves', async () => {
  const server = await serve({ fault: 'stall' })
  const controller = new AbortController()
  const response = await askOver(server, { signal: controller.signal })
  await bodyOf(response).getReader().read()
  controller.abort()
  await server.provider.requests[0]?.settled
  expect(server.provider.requests[0]?.cancelled).toBe(true)
})

it('records a client that leaves before there is a response', async () => {
  const server = await serve({ fault: 'no-response' })
  const controller = new AbortController()
  const answer = askOver(server, { signal: controller.signal })
  await vi.waitFor(() => expect(server.provider.requests).toHaveLength(1))
  controller.abort()
  await expect(answer).rejects.toThrow(/abort/i)
  await server.provider.requests[0]?.settled
  expect(server.provider.requests[0]?.cancelled).toBe(true)
})

it('waits for a slow reader, and notices when it leaves', async () => {
  let sent = 0
  const pieces = Array.from({ length: 400 }, () => 'x'.repeat(100_000))
  const cut = (bytes: Uint8Array) => {
    sent += bytes.length
    return [bytes]
  }
  const server = await serve({ script: reply(say(pieces)), pace: { delayMs: 0.001 }, cut })
  const { body } = chatRequest()
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
  await new Promise((resolve) => socket.once('readable', resolve))
  socket.destroy()
  await server.provider.requests[0]?.settled
  // The network buffers some of the 40 MB, but not nearly all.
  expect(sent).toBeLessThan(20_000_000)
  expect(server.provider.requests[0]?.cancelled).toBe(true)
})

it('says what a script threw', async () => {
  const script = () => {
    throw new RangeError('Out of replies')
  }
  const response = await askOver(await serve({ script }))
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({ error: { message: 'The script failed: RangeError: Out of replies' } })
})

it('ends open connections when it closes', async () => {
  const server = await serveFakeProvider({ fault: 'stall' })
  const text = (await askOver(server)).text()
  const failed = expect(text).rejects.toThrow('terminated')
  await server.close()
  await failed
  await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  await server.close()
})

it('fails where the port is taken', async () => {
  const { port } = await serve()
  await expect(serveFakeProvider({ port })).rejects.toThrow('EADDRINUSE')
})
