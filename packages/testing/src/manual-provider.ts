import type { Chunk } from '@millrace/core'
import { openaiChatEncoding } from './encoders/openai-chat.ts'
import type { WireEncoder } from './encoders/wire-encoder.ts'

/** A provider whose reply a test writes by hand, chunk by chunk: for what has to happen between two of them. */
export interface ManualProvider {
  readonly fetch: typeof globalThis.fetch
  /** The requests so far, oldest first. */
  readonly requests: readonly Request[]
  /** How many of them their client has left before their end. */
  readonly cancelled: number
  /** Sends chunks of the newest reply, all in one piece. */
  emit(...chunks: Chunk[]): void
  /** Sends one piece of text. */
  say(text: string): void
  /** Ends the newest reply; without a reason its body just closes. */
  finish(reason?: Extract<Chunk, { type: 'message-end' }>['finishReason']): void
  /** Loses the connection. */
  lose(): void
  /** Answers the next request with this status and an empty error. */
  failNext(status: number, headers?: Record<string, string>): void
}

/** Makes a provider that answers in OpenAI's Chat Completions, and only when it is told to. */
export function createManualProvider(): ManualProvider {
  const utf8 = new TextEncoder()
  const requests: Request[] = []
  let cancelled = 0
  let encoder: WireEncoder | undefined
  let body: ReadableStreamDefaultController<Uint8Array> | undefined
  let failure: ResponseInit | undefined

  function open(signal: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
    encoder = openaiChatEncoding.createEncoder()
    let own: ReadableStreamDefaultController<Uint8Array> | undefined
    // A client that has read to the end closes its end as well: that is no leaving.
    const leave = () => {
      if (body !== own) return
      cancelled++
      body = undefined
    }
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller
      },
      cancel: leave,
    })
    signal?.addEventListener('abort', () => {
      leave()
      own?.error(signal.reason)
    })
    body = own
    return stream
  }

  function write(pieces: readonly string[]): void {
    if (pieces.length > 0) body?.enqueue(utf8.encode(pieces.join('')))
  }

  function emit(...chunks: Chunk[]): void {
    write(chunks.flatMap((chunk) => encoder?.push(chunk) ?? []))
  }

  function close(): void {
    body?.close()
    body = undefined
  }

  return {
    requests,
    get cancelled() {
      return cancelled
    },
    async fetch(input, init) {
      // The signal is kept apart, as that of a test's DOM is none to the platform's Request.
      const { signal = input instanceof Request ? input.signal : undefined, ...rest } = init ?? {}
      signal?.throwIfAborted()
      requests.push(new Request(input instanceof Request ? input : new URL(input, 'http://localhost'), rest))
      if (!failure) return new Response(open(signal), { headers: { 'content-type': 'text/event-stream' } })
      const response = new Response('{}', failure)
      failure = undefined
      return response
    },
    emit,
    say: (text) => emit({ type: 'text-delta', text }),
    finish(finishReason) {
      if (finishReason) {
        emit({ type: 'message-end', finishReason })
        write(encoder?.end() ?? [])
      }
      close()
    },
    lose() {
      body?.error(new TypeError('terminated'))
      body = undefined
    },
    failNext(status, headers = {}) {
      failure = { status, headers: { 'content-type': 'application/json', ...headers } }
    },
  }
}
