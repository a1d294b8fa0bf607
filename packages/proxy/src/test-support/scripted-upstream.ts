import type { Mock } from 'vitest'
import { vi } from 'vitest'
import type { ProxyOptions } from '../options.ts'
import { type ChatProxy, createProxy } from '../proxy.ts'
import { watchForLeaks } from './leaks.ts'

export const secretKey = 'sk-secret-0123456789'
export const baseURL = 'https://upstream.test/v1'

export interface ScriptedProxy {
  readonly proxy: ChatProxy
  /** The fetch the proxy was given; what it was called with. */
  readonly fetch: Mock<typeof globalThis.fetch>
  /** The last request that went upstream. */
  sent(): Request
}

/** A proxy whose upstream answers with what `answer` returns, and is asked once. None of its answers may hold the key. */
export function proxyTo(
  answer: (request: Request) => Response | Promise<Response>,
  options: Omit<Partial<ProxyOptions>, 'fetch'> = {},
): ScriptedProxy {
  const requests: Request[] = []
  const fetch = vi.fn<typeof globalThis.fetch>(async (input, init) => {
    const request = new Request(input, init)
    requests.push(request)
    return answer(request)
  })
  const created = createProxy({ upstream: { baseURL, apiKey: secretKey }, retries: 0, ...options, fetch })
  const proxy = watchForLeaks(created, secretKey)
  function sent(): Request {
    const request = requests.at(-1)
    if (!request) throw new Error('Nothing went upstream.')
    return request
  }
  return { proxy, fetch, sent }
}

/** Like an upstream that is still thinking: no headers come, until the request is aborted. */
export function silence(onAsked = () => {}): (request: Request) => Promise<never> {
  return ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      onAsked()
    })
}

export interface ScriptedBody {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>
  send(text: string): void
  sendBytes(bytes: Uint8Array<ArrayBuffer>): void
  close(): void
  breakOff(): void
  /** Settles once nobody wants the rest. */
  readonly cancelled: Promise<void>
  readonly pulls: () => number
}

/** A body that says what the test tells it to, when the test tells it to. */
export function scriptedBody(): ScriptedBody {
  let pulls = 0
  let onCancel = () => {}
  const cancelled = new Promise<void>((resolve) => {
    onCancel = resolve
  })
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(given) {
        controller = given
      },
      pull() {
        pulls++
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  )
  return {
    stream,
    send: (text) => controller.enqueue(new TextEncoder().encode(text)),
    sendBytes: (bytes) => controller.enqueue(bytes),
    close: () => controller.close(),
    breakOff: () => controller.error(new TypeError('terminated')),
    cancelled,
    pulls: () => pulls,
  }
}

export function eventStream(body: BodyInit): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

export interface ChatRequestInit {
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
  readonly body?: string
}

export function chatRequest({ headers, body, signal }: ChatRequestInit = {}): Request {
  return new Request('http://localhost/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body ?? JSON.stringify({ model: 'gpt-4.1', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    ...(signal && { signal }),
  })
}

export function getRequest(path: string): Request {
  return new Request(`http://localhost${path}`)
}

/** Reads a body piece by piece, as text. */
export function pieces(response: Response): { next(): Promise<string | undefined>; cancel(): Promise<void> } {
  const reader = response.body?.getReader()
  const utf8 = new TextDecoder()
  return {
    async next() {
      const result = await reader?.read()
      return result?.value && utf8.decode(result.value, { stream: true })
    },
    cancel: async () => reader?.cancel(),
  }
}

/** Reads a stream piece by piece, behind its greeting and without the ids of its events. */
export async function replyPieces(response: Response): Promise<ReturnType<typeof pieces>> {
  const received = pieces(response)
  const first = (await received.next()) ?? ''
  if (!first.startsWith(greeting)) throw new Error('The stream does not begin with its greeting.')
  // On a network the first event may come along.
  let rest: string | undefined = first.slice(greeting.length)

  async function next(): Promise<string | undefined> {
    const text = rest || (await received.next())
    rest = undefined
    return withoutIds(text)
  }
  return { next, cancel: received.cancel }
}

/** The whole of a stream, behind its greeting and without the ids of its events. */
export async function replyText(response: Response): Promise<string> {
  const text = await response.text()
  if (!text.startsWith(greeting)) throw new Error('The stream does not begin with its greeting.')
  return withoutIds(text.slice(greeting.length))
}

const greeting = ': ok\n\n'

function withoutIds<Text extends string | undefined>(text: Text): Text {
  return text?.replace(/^id: [\w-]+:\d+\n/gm, '') as Text
}
