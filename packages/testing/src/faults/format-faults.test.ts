import type { ChatErrorCode, FinishReason, WireFormatName } from '@millrace/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { wholeMessage } from '../encoders/whole-message.ts'
import { reply, say } from '../reply/reply.ts'
import { askIn, formatNames, providerIn } from '../test-support/ask-in.ts'
import type { Fault, FaultName } from './fault.ts'

afterEach(() => {
  vi.useRealTimers()
})

const script = reply(say(['one ', 'two ', 'three ', 'four']))

/** What a client makes of it. */
async function outcome(name: WireFormatName, fault: Fault | FaultName) {
  const chunks = await askIn(name, providerIn(name, { script, fault }))
  const { content, finishReason } = wholeMessage(chunks)
  const code = chunks.flatMap((chunk) => (chunk.type === 'error' ? chunk.error.code : []))[0]
  return { content, finishReason, ...(code && { code }) }
}

interface Outcome {
  readonly content: string
  readonly finishReason: FinishReason
  readonly code?: ChatErrorCode
}

const all = 'one two three four'
const cutOff: Outcome = { content: 'one two ', finishReason: 'incomplete', code: 'incomplete' }
const complete: Outcome = { content: all, finishReason: 'stop' }

/** The same for every format but those named, of which `text` can say nothing about its end. */
interface Expected {
  readonly fault: Fault | FaultName
  readonly outcome: Outcome
  readonly but: Readonly<Partial<Record<WireFormatName, Outcome>>>
}

const endless: Outcome = { content: 'one two ', finishReason: 'unknown' }
const unending: Outcome = { content: all, finishReason: 'unknown' }
const unfinished: Outcome = { content: all, finishReason: 'incomplete', code: 'incomplete' }

const cases: readonly Expected[] = [
  { fault: 'close-early', outcome: cutOff, but: { text: endless } },
  {
    fault: { name: 'malformed-event', afterTokens: 1 },
    outcome: { content: 'one ', finishReason: 'error', code: 'malformed-event' },
    but: { text: unending },
  },
  {
    fault: { name: 'error-event', afterTokens: 3 },
    outcome: { content: 'one two three ', finishReason: 'error', code: 'server-error' },
    but: {
      // Their errors are a message and nothing else.
      ollama: { content: 'one two three ', finishReason: 'error', code: 'provider-error' },
      'ui-message-stream': { content: 'one two three ', finishReason: 'error', code: 'provider-error' },
      text: { content: 'one two three ', finishReason: 'unknown' },
    },
  },
  { fault: 'no-finish-reason', outcome: unending, but: {} },
  // Where the terminator is what names the reason, both are missing.
  { fault: 'no-done', outcome: complete, but: { 'openai-responses': unfinished, ollama: unfinished, text: unending } },
  { fault: 'no-final-newline', outcome: complete, but: { text: unending } },
  {
    fault: 'json',
    outcome: complete,
    but: {
      // No answer of this format is whole.
      'ui-message-stream': { content: '', finishReason: 'error', code: 'not-a-stream' },
      text: unending,
    },
  },
]

describe.each(formatNames)('%s', (name) => {
  it.each(cases.map(({ fault, ...rest }) => [typeof fault === 'string' ? fault : fault.name, fault, rest] as const))(
    '%s',
    async (_, fault, { outcome: usual, but }) => {
      expect(await outcome(name, fault)).toEqual(but[name] ?? usual)
    },
  )

  it.each([
    'bad-request',
    'unauthorized',
    'payment-required',
    'forbidden',
    'model-not-found',
    'context-too-long',
    'rate-limited',
    'server-error',
    'overloaded',
  ] as const)('%s: says so in a way a client understands', async (fault) => {
    expect(await outcome(name, fault)).toEqual({ content: '', finishReason: 'error', code: fault })
  })

  it('rate-limited: says how long to wait', async () => {
    const provider = providerIn(name, { fault: { name: 'rate-limited', retryAfterSeconds: 3 } })
    const failure = (await askIn(name, provider)).find((chunk) => chunk.type === 'error')
    expect(failure?.error.retryAfterMs).toBe(3_000)
  })

  it('cut: loses the connection', async () => {
    const { content, finishReason, code } = await outcome(name, 'cut')
    expect(all.startsWith(content)).toBe(true)
    expect({ finishReason, code }).toEqual({ finishReason: 'incomplete', code: 'incomplete' })
  })

  it('html: answers a page', async () => {
    expect((await outcome(name, 'html')).code).toBe('not-a-stream')
  })

  it.each([
    ['stall', 'one two '],
    ['stall-before-first-token', ''],
  ] as const)('%s: goes silent', async (fault, content) => {
    vi.useFakeTimers()
    const asked = askIn(name, providerIn(name, { script, fault }), {
      timeouts: { firstTokenMs: 60_000, stallMs: 60_000 },
    })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(wholeMessage(await asked)).toMatchObject({ content, status: 'done' })
  })
})

const shapes: Readonly<Partial<Record<WireFormatName, unknown>>> = {
  'openai-chat': { error: { message: expect.any(String), type: 'requests', param: null, code: 'rate_limit_exceeded' } },
  anthropic: {
    type: 'error',
    error: { type: 'rate_limit_error', message: expect.any(String) },
    request_id: 'req_1',
  },
  gemini: {
    error: {
      code: 429,
      message: expect.any(String),
      status: 'RESOURCE_EXHAUSTED',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '20s' }],
    },
  },
  ollama: { error: expect.any(String) },
}

it.each(Object.entries(shapes))('%s: has its own shape of errors', async (name, shape) => {
  const found = formatNames.find((known) => known === name) ?? 'text'
  let body: unknown
  const { fetch } = providerIn(found, { fault: 'rate-limited' })
  await askIn(found, {
    async fetch(input, init) {
      const response = await fetch(input, init)
      body = await response.clone().json()
      return response
    },
  })
  expect(body).toEqual(shape)
})
