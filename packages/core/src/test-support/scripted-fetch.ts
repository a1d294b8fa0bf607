import { vi } from 'vitest'
import type { Chunk } from '../chunk.ts'
import type { Message } from '../message.ts'
import { openaiCompatible } from '../providers/openai-compatible.ts'
import { streamReply } from '../transport/http-transport.ts'
import type { TransportOptions, TransportProgress } from '../transport/options.ts'
import type { ChatRequest } from '../wire/wire-format.ts'
import { bodyOf, type ScriptedBody } from './bytes.ts'
import { messageFrom } from './decode.ts'

export interface SentRequest {
  readonly url: string
  readonly init: RequestInit
  readonly signal: AbortSignal
  readonly at: number
}

/** How a request is answered: at once, after a while, or by failing. */
export type Answer = (request: SentRequest) => Response | Promise<Response>

export const baseURL = 'https://api.test/v1'
export const secretKey = 'sk-secret-0123456789'

export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch
  /** What was sent. A request whose signal is aborted already is not. */
  readonly sent: readonly SentRequest[]
}

/** Answers each request with the next answer, the last one again and again; rejects an aborted one, as a platform does. */
export function scriptedFetch(...answers: readonly Answer[]): ScriptedFetch {
  const sent: SentRequest[] = []
  const fetch = vi.fn<typeof globalThis.fetch>(async (input, init = {}) => {
    const signal = init.signal ?? new AbortController().signal
    signal.throwIfAborted()
    const request = { url: String(input), init, signal, at: Date.now() }
    sent.push(request)
    const answer = answers[sent.length - 1] ?? answers.at(-1)
    if (!answer) throw new Error('Nothing answers.')
    return answer(request)
  })
  return { fetch, sent }
}

/** Like a server that is still thinking: no headers come, until the request is aborted. */
export const silence: Answer = ({ signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

export function fails(reason: unknown = new TypeError('fetch failed')): Answer {
  return () => Promise.reject(reason)
}

/** A stream that says all of this and closes. */
export function streams(...pieces: readonly string[]): Answer {
  return () => new Response(bodyOf(...pieces), { headers: { 'content-type': 'text/event-stream' } })
}

/** A stream that the test goes on with; its connection breaks with its request. */
export function streamsFrom(body: ScriptedBody, status = 200): Answer {
  return ({ signal }) => {
    signal.addEventListener('abort', () => body.breakOff(signal.reason))
    return new Response(body.stream, { status })
  }
}

export function refuses(status: number, body: unknown = '', headers: Record<string, string> = {}): Answer {
  return () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
}

export interface RunningReply {
  /** What has come so far. */
  readonly chunks: readonly Chunk[]
  readonly progress: readonly TransportProgress[]
  readonly abort: () => void
  readonly finished: Promise<Message>
}

/** A reply that is being read as fast as it comes. */
export function startReply(
  fetch: typeof globalThis.fetch,
  options: Partial<TransportOptions> = {},
  request: Partial<ChatRequest> = {},
): RunningReply {
  const chunks: Chunk[] = []
  const progress: TransportProgress[] = []
  const controller = new AbortController()
  const reply = streamReply(
    { messages: [], model: 'm', ...request },
    {
      provider: openaiCompatible({ baseURL }),
      apiKey: secretKey,
      fetch,
      signal: controller.signal,
      onProgress: (news) => progress.push(news),
      ...options,
    },
  )
  async function read(): Promise<Message> {
    for await (const chunk of reply) chunks.push(chunk)
    return messageFrom(chunks)
  }
  return { chunks, progress, abort: () => controller.abort(), finished: read() }
}

/** Lets all that can happen now happen, and then so much time pass. Needs fake timers. */
export async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}
