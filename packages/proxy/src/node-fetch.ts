import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { type ByteReader, bodyOfReader } from './byte-reader.ts'
import { headersOf } from './node-headers.ts'

const httpAgent = new HttpAgent({ keepAlive: true })
const httpsAgent = new HttpsAgent({ keepAlive: true })

/**
 * A `fetch` for the proxy on Node: give it as the option of that name. It takes an address, method, headers, a body of
 * text or bytes, and a signal, and follows no redirect. Node's own can do more, and takes twice the processor and the
 * memory for a stream.
 */
export const nodeFetch: typeof globalThis.fetch = (input, init = {}) => {
  const { method = 'GET', body, signal } = init
  const url = new URL(input instanceof Request ? input.url : input)
  const [send, agent] = url.protocol === 'https:' ? [requestHttps, httpsAgent] : [requestHttp, httpAgent]
  const headers = Object.fromEntries(new Headers(init.headers))
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const request = send(url, { method, headers, agent })
    // Given as an option the signal would cost a dozen listeners.
    const abort = () => request.destroy()
    signal?.addEventListener('abort', abort)
    request.setNoDelay(true)
    request.on('close', () => signal?.removeEventListener('abort', abort))
    request.on('error', (error) => reject(signal?.aborted ? signal.reason : error))
    request.on('response', (incoming) => resolve(toResponse(incoming, signal)))
    request.end(body ?? undefined)
  })
}

function toResponse(incoming: IncomingMessage, signal: AbortSignal | null | undefined): Response {
  const { statusCode: status = 502 } = incoming
  const headers = headersOf(incoming)
  const hasBody = status !== 204 && status !== 205 && status !== 304
  if (!hasBody) incoming.resume()
  return new Response(hasBody ? bodyOfReader(readerOf(incoming, signal)) : null, { status, headers })
}

// As much as Node's own streams take before they stop.
const enough = 64 * 1024

/** What has come by then in one piece. Where nobody reads, no more comes in than is enough. */
function readerOf(incoming: IncomingMessage, signal: AbortSignal | null | undefined): ByteReader {
  let pieces: Buffer<ArrayBuffer>[] = []
  let length = 0
  let wake = () => {}
  let failure: unknown
  let isOver = false

  function end(): void {
    isOver = true
    wake()
  }

  function fail(error: unknown): void {
    failure ??= signal?.aborted ? signal.reason : error
    wake()
  }

  function take(): Buffer<ArrayBuffer> | undefined {
    const [first] = pieces
    const taken = pieces.length > 1 ? Buffer.concat(pieces) : first
    pieces = []
    length = 0
    if (incoming.isPaused()) incoming.resume()
    return taken
  }

  incoming.on('data', (piece: Buffer<ArrayBuffer>) => {
    pieces.push(piece)
    length += piece.length
    if (length >= enough) incoming.pause()
    wake()
  })
  incoming.on('end', end)
  incoming.on('error', fail)
  incoming.on('close', () => fail(new TypeError('The connection was closed before the end of the body.')))
  return {
    async read() {
      for (;;) {
        if (pieces.length > 0) return take()
        if (isOver) return undefined
        if (failure) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    cancel() {
      end()
      incoming.destroy()
    },
  }
}
