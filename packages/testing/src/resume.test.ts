import { applyChunk, type Chunk, createMessage, type Message, resumable } from '@millrace/core'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cutRandomly } from './body/cut.ts'
import { createFakeProvider, type FakeProviderOptions } from './fake-provider.ts'
import type { Fault, FaultOption } from './faults/fault.ts'
import { callTool, cite, pause, reply, say, think } from './reply/reply.ts'
import { chatPath, chatRequest, piecesOf } from './test-support/ask.ts'
import { askIn, formatNames, providerIn } from './test-support/ask-in.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})

afterEach(() => {
  vi.useRealTimers()
})

const steps = [
  think('Let me see: “một trăm” 🙂.', 'signed'),
  say(['Xin ', 'chào! ', 'Một ', 'thế giới\n\n', '- 日本語\n', '- 🙂 one one one one ']),
  cite('https://a.test/1'),
  say(['one one ', 'one.']),
  callTool('look', { city: 'Huế', days: [1, 2, 3] }),
  callTool('look', { city: 'Đà Nẵng' }),
]
const script = reply(...steps)

function messageOf(chunks: readonly Chunk[]): Message {
  const pending = createMessage({ id: 'reply', role: 'assistant', status: 'pending', createdAt: 0 })
  return chunks.reduce((message, chunk) => applyChunk(message, chunk), pending)
}

// Ollama and plain text have no events, so nothing in them has an id.
const formats = formatNames.filter((name) => name !== 'ollama' && name !== 'text')

/** What strikes each connection in turn; after the last comes none. */
const connectionFaults = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ name: fc.constant('cut' as const), atByte: fc.nat(400) }) },
    fc.record({ name: fc.constantFrom('close-early' as const, 'stall' as const), afterTokens: fc.nat(6) }),
    fc.constantFrom<Fault>({ name: 'overloaded' }, { name: 'unreachable' }, { name: 'stall-before-first-token' }),
  ),
  { maxLength: 8 },
)

/** In turn. The first request has to begin the stream. */
function inTurnOf(faults: readonly Fault[]): FaultOption {
  let connection = 0
  return () => {
    const fault = faults[connection++]
    const isRefusal = fault?.name === 'overloaded' || fault?.name === 'unreachable'
    return connection === 1 && isRefusal ? undefined : fault
  }
}

async function messageWith(name: (typeof formats)[number], options: FakeProviderOptions): Promise<Message> {
  const provider = providerIn(name, { script, resumable: true, ...options })
  const chunks = askIn(name, provider, { resume: resumable({ attempts: 9 }) })
  await vi.runAllTimersAsync()
  return messageOf(await chunks)
}

it.each(formats)(
  'a reply in %s is the same however often its connection is lost',
  { timeout: 60_000 },
  async (name) => {
    const whole = await messageWith(name, {})
    expect(whole.finishReason).toBe('tool-calls')
    await fc.assert(
      fc.asyncProperty(connectionFaults, fc.nat(3), fc.nat(), async (faults, repeats, seed) => {
        const options = { fault: inTurnOf(faults), resumable: { repeats }, cut: cutRandomly(seed, 60) }
        const paced = {
          ...options,
          script: reply(...steps.slice(0, 3), pause(300), ...steps.slice(3)),
          pace: { tokensPerSecond: seed % 2 ? 100 : 0 },
        }
        expect(await messageWith(name, paced)).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  },
)

it('a reply is the same wherever its one connection is lost', { timeout: 60_000 }, async () => {
  const whole = await messageWith('openai-chat', {})
  const { length } = (
    await piecesOf(await createFakeProvider({ script, resumable: true }).fetch(chatPath, chatRequest()))
  ).join('')
  for (let atByte = 0; atByte <= length; atByte += 3) {
    const fault = inTurnOf([{ name: 'cut', atByte }])
    expect(await messageWith('openai-chat', { fault }), `cut at ${atByte}`).toEqual(whole)
  }
})

describe('a resumable provider', () => {
  const keep = (options: FakeProviderOptions = {}) => createFakeProvider({ script, resumable: true, ...options })
  const get = (path: string, lastEventId?: string): [string, RequestInit] => [
    path,
    { headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId } },
  ]
  const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer())

  it('numbers the events of a stream and names it', async () => {
    const response = await keep().fetch(chatPath, chatRequest())
    expect(response.headers.get('x-stream-id')).toBe('stream-1')
    const ids = [...(await textOf(response)).matchAll(/^id: (.*)$/gm)].map(([, id]) => id)
    expect(ids).toEqual(ids.map((_, index) => `stream-1:${index + 1}`))
  })

  it('lets pages of other origins read the name', async () => {
    const response = await keep().fetch(chatPath, chatRequest())
    expect(response.headers.get('access-control-expose-headers')).toContain('x-stream-id')
  })

  it('gives a stream again, whole or after an event', async () => {
    const { fetch } = keep()
    const whole = await textOf(await fetch(chatPath, chatRequest()))
    expect(await textOf(await fetch(...get('/v1/streams/stream-1')))).toBe(whole)
    const rest = await textOf(await fetch(...get('/v1/streams/stream-1', 'stream-1:3')))
    expect(rest).toBe(whole.slice(whole.indexOf('id: stream-1:4\n')))
  })

  it('goes on while nobody reads', async () => {
    const provider = keep({ script: reply(say(['a', 'b', 'c'])), pace: { delayMs: 1000 } })
    const left = new AbortController()
    await provider.fetch(chatPath, { ...chatRequest(), signal: left.signal })
    left.abort()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(provider.requests[0]?.cancelled).toBe(true)
    expect(await textOf(await provider.fetch(...get('/v1/streams/stream-1')))).toContain('[DONE]')
  })

  it('answers 204 at the end of a stream, and 404 where there is none', async () => {
    const { fetch } = keep()
    const whole = await textOf(await fetch(chatPath, chatRequest()))
    const last = /id: (.*)\ndata: \[DONE\]/.exec(whole)?.[1]
    expect((await fetch(...get('/v1/streams/stream-1', last))).status).toBe(204)
    expect((await fetch(...get('/v1/streams/stream-1', 'stream-1:99'))).status).toBe(404)
    expect((await fetch(...get('/v1/streams/other'))).status).toBe(404)
    expect((await fetch('/v1/streams/other/cancel', { method: 'POST' })).status).toBe(404)
  })

  it('ends a stream where it is told to', async () => {
    const { fetch } = keep({ script: reply(say(['a', 'b', 'c'])), pace: { delayMs: 1000 } })
    const body = textOf(await fetch(chatPath, chatRequest()))
    await vi.advanceTimersByTimeAsync(1500)
    expect((await fetch('/v1/streams/stream-1/cancel', { method: 'POST' })).status).toBe(200)
    await vi.runAllTimersAsync()
    expect(await body).not.toContain('[DONE]')
  })

  it('turns away who has no key', async () => {
    const { fetch } = keep({ apiKey: 'sk-right' })
    expect((await fetch(...get('/v1/streams/stream-1'))).status).toBe(401)
  })

  it('goes on too early where it is sloppy', async () => {
    const { fetch } = keep({ resumable: { repeats: 2 } })
    await textOf(await fetch(chatPath, chatRequest()))
    expect(await textOf(await fetch(...get('/v1/streams/stream-1', 'stream-1:5')))).toMatch(/^id: stream-1:4\n/)
  })
})
