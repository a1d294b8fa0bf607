import type { Chunk } from '@millrace/core'
import { openaiChatEncoding } from '@millrace/testing'

/** One request of a chat, which the test answers as it likes and when it likes. */
export interface ScriptedRequest {
  readonly model: string
  /** What the messages of that role say, joined. */
  textOf(role: 'user' | 'assistant'): string
  /** The calls whose outcome it tells, in their order. */
  readonly answeredCalls: readonly string[]
  readonly isAnswered: boolean
  /** Nothing more can come: all was sent, the connection broke, or the client left. */
  readonly isOver: boolean
  /** The response's headers come. */
  answer(): void
  refuse(status: number): void
  emit(...chunks: Chunk[]): void
  /** Bytes that are no event. */
  babble(): void
  /** Ends as the format asks, after what the model said of it. */
  finish(...chunks: Chunk[]): void
  close(): void
  lose(): void
}

/** A server whose every answer is written by the test, any number of them side by side. */
export interface ScriptedServer {
  readonly fetch: typeof globalThis.fetch
  /** Every request since this was asked last, oldest first. */
  takeRequests(): readonly ScriptedRequest[]
  /** Those that wait for more, oldest first. */
  readonly open: readonly ScriptedRequest[]
  /** Whether requests get through. */
  isReachable: boolean
}

interface WireMessage {
  readonly role: string
  readonly content: string | null
  readonly tool_call_id?: string
}

export function createScriptedServer(): ScriptedServer {
  let taken: ScriptedRequest[] = []
  let open: ScriptedRequest[] = []

  const server = {
    isReachable: true,
    get open() {
      open = open.filter(({ isOver }) => !isOver)
      return open
    },
    takeRequests() {
      const requests = taken
      taken = []
      return requests
    },
    async fetch(_url: RequestInfo | URL, { body, signal }: RequestInit = {}) {
      signal?.throwIfAborted()
      const { request, response } = createRequest(String(body), signal)
      taken.push(request)
      open.push(request)
      if (!server.isReachable) request.lose()
      return response
    },
  }
  return server
}

function createRequest(body: string, signal: AbortSignal | null | undefined) {
  const utf8 = new TextEncoder()
  const { model, messages } = JSON.parse(body) as { model: string; messages: readonly WireMessage[] }
  const encoder = openaiChatEncoding.createEncoder()
  let resolve = (_: Response) => {}
  let reject = (_: unknown) => {}
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let isOver = false
  const response = new Promise<Response>((onResponse, onFailure) => {
    resolve = onResponse
    reject = onFailure
  })
  signal?.addEventListener('abort', () => fail(signal.reason))

  function answer(): void {
    if (controller) return
    const stream = new ReadableStream<Uint8Array>({
      start(own) {
        controller = own
      },
      cancel() {
        isOver = true
      },
    })
    resolve(new Response(stream, { headers: { 'content-type': 'text/event-stream' } }))
  }

  function fail(reason: unknown): void {
    if (isOver) return
    isOver = true
    if (controller) controller.error(reason)
    else reject(reason)
  }

  function write(pieces: readonly string[]): void {
    answer()
    if (pieces.length > 0) controller?.enqueue(utf8.encode(pieces.join('')))
  }

  function close(): void {
    answer()
    isOver = true
    controller?.close()
  }

  const encode = (chunks: readonly Chunk[]) => chunks.flatMap((chunk) => encoder.push(chunk))
  const request: ScriptedRequest = {
    model,
    textOf: (role) => messages.map((message) => (message.role === role ? (message.content ?? '') : '')).join(''),
    answeredCalls: messages.flatMap(({ tool_call_id: callId }) => callId ?? []),
    get isAnswered() {
      return controller !== undefined
    },
    get isOver() {
      return isOver
    },
    answer,
    refuse(status) {
      isOver = true
      resolve(Response.json({ error: { message: 'No.' } }, { status }))
    },
    emit: (...chunks) => write(encode(chunks)),
    babble: () => write([openaiChatEncoding.malformedEvent ?? '']),
    finish(...chunks) {
      write([...encode(chunks), ...encoder.end()])
      close()
    },
    close,
    lose: () => fail(new TypeError('terminated')),
  }
  return { request, response }
}
