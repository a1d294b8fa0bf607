import { decodeReply } from '@millrace/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeProvider } from '../fake-provider.ts'
import { reply, say } from '../reply/reply.ts'
import { ask, bodyOf, chatPath, chatRequest, piecesOf, readMessage } from '../test-support/ask.ts'
import { type Fault, type FaultName, failFirst } from './fault.ts'

afterEach(() => {
  vi.useRealTimers()
})

const script = reply(say(['one ', 'two ', 'three ', 'four']))
const read = async (fault: Fault | FaultName) => readMessage(await ask({ script, fault }))

describe.each([
  ['bad-request', 400],
  ['unauthorized', 401],
  ['payment-required', 402],
  ['forbidden', 403],
  ['model-not-found', 404],
  ['context-too-long', 400],
  ['rate-limited', 429],
  ['server-error', 500],
  ['overloaded', 503],
] as const)('%s', (name, status) => {
  it(`answers ${status} with an error in OpenAI's shape`, async () => {
    const response = await ask({ fault: name })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String), type: expect.any(String) } })
  })
})

it('says how long to wait when requests are limited', async () => {
  expect((await ask({ fault: 'rate-limited' })).headers.get('retry-after')).toBe('20')
  expect((await ask({ fault: { name: 'overloaded', retryAfterSeconds: 3 } })).headers.get('retry-after')).toBe('3')
})

it('unreachable: fails as a fetch does without a server', async () => {
  await expect(ask({ fault: 'unreachable' })).rejects.toBeInstanceOf(TypeError)
})

it('no-response: answers nothing until the client leaves', async () => {
  const provider = createFakeProvider({ fault: 'no-response' })
  const controller = new AbortController()
  const answer = provider.fetch(chatPath, { ...chatRequest(), signal: controller.signal })
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
  controller.abort()
  await expect(answer).rejects.toThrow(/abort/i)
  expect(provider.requests[0]?.cancelled).toBe(true)
})

it('html: answers a page with status 200', async () => {
  const response = await ask({ fault: 'html' })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect((await readMessage(response)).error?.code).toBe('not-a-stream')
})

it('json: answers the whole reply at once', async () => {
  const response = await ask({ script, fault: 'json' })
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(await readMessage(response)).toMatchObject({ content: 'one two three four', finishReason: 'stop' })
})

it('stall-before-first-token: sends headers and then nothing', async () => {
  vi.useFakeTimers()
  const response = await ask({ script, fault: 'stall-before-first-token' })
  let arrived = false
  void bodyOf(response)
    .getReader()
    .read()
    .then(() => {
      arrived = true
    })
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(arrived).toBe(false)
})

it('stall: goes silent in the middle', async () => {
  vi.useFakeTimers()
  const texts: string[] = []
  let ended = false
  const reading = async () => {
    for await (const chunk of decodeReply(bodyOf(await ask({ script, fault: 'stall' })), { wire: 'openai-chat' })) {
      if (chunk.type === 'text-delta') texts.push(chunk.text)
    }
    ended = true
  }
  void reading()
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(texts).toEqual(['one ', 'two '])
  expect(ended).toBe(false)
})

it('cut: breaks the body in the middle', async () => {
  const message = await read('cut')
  expect(message).toMatchObject({ content: 'one two ', finishReason: 'incomplete' })
  await expect(ask({ script, fault: 'cut' }).then(piecesOf)).rejects.toBeInstanceOf(TypeError)
})

it('cut: breaks the body at the byte', async () => {
  const received: number[] = []
  const reader = bodyOf(await ask({ script, fault: { name: 'cut', atByte: 10 } })).getReader()
  received.push(...((await reader.read()).value ?? []))
  await expect(reader.read()).rejects.toBeInstanceOf(TypeError)
  expect(String.fromCharCode(...received)).toBe('data: {"id')
})

it('close-early: closes the body in the middle', async () => {
  const { finishReason, content } = await read('close-early')
  expect({ finishReason, content }).toEqual({ finishReason: 'incomplete', content: 'one two ' })
})

it('close-early: never sends the end of a reply shorter than that', async () => {
  expect((await read({ name: 'close-early', afterTokens: 99 })).finishReason).toBe('incomplete')
})

it('malformed-event: sends an event that is not JSON', async () => {
  const message = await read({ name: 'malformed-event', afterTokens: 1 })
  expect(message).toMatchObject({ content: 'one ', finishReason: 'error', error: { code: 'malformed-event' } })
})

it('error-event: sends an error in the stream', async () => {
  const message = await read({ name: 'error-event', afterTokens: 3 })
  expect(message).toMatchObject({
    content: 'one two three ',
    error: { code: 'server-error', providerCode: 'server_error' },
  })
  expect(message.error?.message).toContain('The server had an error')
})

it('no-finish-reason: ends with the terminator alone', async () => {
  expect(await read('no-finish-reason')).toMatchObject({ content: 'one two three four', finishReason: 'unknown' })
})

it('no-done: ends with the finish reason alone', async () => {
  const body = (await piecesOf(await ask({ script, fault: 'no-done' }))).join('')
  expect(body).toContain('"finish_reason":"stop"')
  expect(body).not.toContain('[DONE]')
})

it('no-final-newline: ends within its last line', async () => {
  const body = (await piecesOf(await ask({ script, fault: 'no-final-newline' }))).join('')
  expect(body.endsWith('\n\ndata: [DONE]')).toBe(true)
  expect(await read('no-final-newline')).toMatchObject({ finishReason: 'stop' })
})

it('leaves requests without a stream alone where the fault is one of streams', async () => {
  const response = await ask({ script, fault: 'cut' }, 'Hi', { stream: false })
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'one two three four' } }] })
})

it('fails the first attempts and lets the next through', async () => {
  const provider = createFakeProvider({ fault: failFirst(2, 'rate-limited') })
  const statuses = [await ask(provider), await ask(provider), await ask(provider), await ask(provider, 'Another')]
  expect(statuses.map(({ status }) => status)).toEqual([429, 429, 200, 429])
})

it('asks a function which fault it is', async () => {
  const provider = createFakeProvider({ fault: ({ prompt }) => (prompt === 'Break' ? 'server-error' : undefined) })
  expect((await ask(provider, 'Break')).status).toBe(500)
  expect((await ask(provider, 'Work')).status).toBe(200)
})
