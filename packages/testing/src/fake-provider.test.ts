import { afterEach, expect, it, vi } from 'vitest'
import { createFakeProvider } from './fake-provider.ts'
import { reply, say } from './reply/reply.ts'
import { ask, bodyOf, chatPath, chatRequest, readMessage } from './test-support/ask.ts'

afterEach(() => {
  vi.useRealTimers()
})

it('streams a reply as server-sent events', async () => {
  const response = await ask()
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect((await readMessage(response)).finishReason).toBe('stop')
})

it('answers whole where no stream is asked for', async () => {
  const response = await ask({ script: 'Hello' }, 'Hi', { stream: false })
  expect(await response.json()).toMatchObject({
    object: 'chat.completion',
    choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage: { completion_tokens: 1 },
  })
})

it('lists its models', async () => {
  const { fetch } = createFakeProvider({ models: ['a', 'b'] })
  const response = await fetch('/v1/models')
  expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'a', object: 'model' }, { id: 'b' }] })
})

it('knows no other address', async () => {
  const response = await createFakeProvider().fetch('http://localhost/v1/embeddings', { method: 'POST', body: '{}' })
  expect(response.status).toBe(404)
})

it('turns away who has no key, or the wrong one', async () => {
  const { fetch } = createFakeProvider({ apiKey: 'sk-right' })
  const statusWith = async (path: string, init: RequestInit, headers: Record<string, string> = {}) =>
    (await fetch(path, { ...init, headers })).status
  expect(await statusWith('/v1/models', {})).toBe(401)
  expect(await statusWith(chatPath, chatRequest(), { authorization: 'Bearer sk-wrong' })).toBe(401)
  expect(await statusWith('/v1/models', {}, { authorization: 'Bearer sk-right' })).toBe(200)
  expect(await statusWith(chatPath, chatRequest(), { authorization: 'Bearer sk-right' })).toBe(200)
})

it('lets pages of any origin in, as OpenAI does', async () => {
  const { fetch } = createFakeProvider()
  const preflight = await fetch(chatPath, {
    method: 'OPTIONS',
    headers: { 'access-control-request-headers': 'authorization, content-type' },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type')
  expect((await fetch(chatPath, chatRequest())).headers.get('access-control-allow-origin')).toBe('*')
})

it('lets no page in where CORS is off', async () => {
  const { fetch } = createFakeProvider({ cors: false })
  expect((await fetch(chatPath, { method: 'OPTIONS' })).status).toBe(405)
  expect((await fetch(chatPath, chatRequest())).headers.has('access-control-allow-origin')).toBe(false)
})

it('records what it was asked, the key included', async () => {
  const provider = createFakeProvider()
  const init = chatRequest('What is a millrace?', { temperature: 0 })
  await provider.fetch(
    new Request('http://localhost/v1/chat/completions', { ...init, headers: { authorization: 'Bearer sk-1' } }),
  )
  const [request] = provider.requests
  expect(request).toMatchObject({ method: 'POST', prompt: 'What is a millrace?', model: 'test-model', attempt: 1 })
  expect(request?.body).toMatchObject({ temperature: 0 })
  expect(request?.headers.get('authorization')).toBe('Bearer sk-1')
})

it('finds the prompt among parts', async () => {
  const provider = createFakeProvider()
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }
  const messages = [
    { role: 'user', content: [image, { type: 'text', text: 'What is this?' }] },
    { role: 'assistant', content: null },
  ]
  await ask(provider, '', { messages })
  expect(provider.requests[0]?.prompt).toBe('What is this?')
})

it('counts the attempts at the same messages', async () => {
  const provider = createFakeProvider()
  for (const prompt of ['a', 'a', 'b', 'a']) await ask(provider, prompt)
  expect(provider.requests.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 3])
})

it('forgets the oldest requests', async () => {
  const provider = createFakeProvider({ maxRequests: 2 })
  for (const prompt of ['a', 'b', 'c']) await ask(provider, prompt)
  expect(provider.requests.map(({ prompt }) => prompt)).toEqual(['b', 'c'])
})

it('lets a script decide by the request', async () => {
  const script = async ({ prompt }: { prompt: string }) => `You said ${prompt}.`
  expect((await readMessage(await ask({ script }, 'hello'))).content).toBe('You said hello.')
})

it('fails with what the script throws', async () => {
  const script = () => {
    throw new RangeError('Out of replies')
  }
  await expect(ask({ script })).rejects.toThrow('Out of replies')
})

it('rejects a request that was aborted before', async () => {
  const provider = createFakeProvider()
  await expect(provider.fetch(chatPath, { ...chatRequest(), signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  expect(provider.requests).toHaveLength(0)
})

it('records a client that cancels the body', async () => {
  const provider = createFakeProvider({ script: reply(say(['a', 'b', 'c'])) })
  const reader = bodyOf(await ask(provider)).getReader()
  await reader.read()
  await reader.cancel()
  await provider.requests[0]?.settled
  expect(provider.requests[0]?.cancelled).toBe(true)
})

it('records a client that aborts in the middle of the body', async () => {
  vi.useFakeTimers()
  const provider = createFakeProvider({ pace: { delayMs: 100 } })
  const controller = new AbortController()
  const response = await provider.fetch(
    new Request(`http://localhost${chatPath}`, { ...chatRequest(), signal: controller.signal }),
  )
  const reading = readMessage(response, { signal: controller.signal })
  await vi.advanceTimersByTimeAsync(250)
  controller.abort()
  expect((await reading).finishReason).toBe('aborted')
  expect(provider.requests[0]?.cancelled).toBe(true)
})

it('records no cancelling of a client that leaves after the terminator', async () => {
  const provider = createFakeProvider()
  await readMessage(await ask(provider))
  await provider.requests[0]?.settled
  expect(provider.requests[0]?.cancelled).toBe(false)
})
