import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
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
    let isAnswered = false
    // Given as an option the signal would cost a dozen listeners.
    const abort = () => request.destroy()
    signal?.addEventListener('abort', abort)
    request.setNoDelay(true)
    request.on('close', () => {
      signal?.removeEventListener('abort', abort)
      // An answer that wants another protocol is closed without a word.
      if (!isAnswered) reject(new TypeError('The connection was closed before an answer.'))
    })
    request.on('error', (error) => reject(signal?.aborted ? signal.reason : error))
    request.on('response', (incoming) => {
      isAnswered = true
      if (isStatus(incoming.statusCode)) return resolve(toResponse(incoming, signal))
      incoming.destroy()
      reject(new TypeError('The status of the answer is none.'))
    })
    request.end(body ?? undefined)
  })
}

/** A `Response` can have no other, and would throw where nobody could catch it. */
function isStatus(code = 0): boolean {
  return code >= 200 && code < 600
}

function toResponse(incoming: IncomingMessage, signal: AbortSignal | null | undefined): Response {
  const { statusCode: status = 502 } = incoming
  const headers = headersOf(incoming)
  const hasBody = status !== 204 && status !== 205 && status !== 304
  if (!hasBody) incoming.resume()
  const body = hasBody ? decoded(incoming, headers.get('content-encoding')) : undefined
  return new Response(body ? bodyOfReader(readerOf(body, signal)) : null, { status, headers })
}

const decoders = new Map<string, () => Transform>([
  ['gzip', createUnzip],
  ['deflate', createUnzip],
  ['br', createBrotliDecompress],
])

/** The body as it was before it was compressed, which some servers do unasked. */
function decoded(incoming: IncomingMessage, encoding: string | null): Readable {
  const createDecoder = encoding ? decoders.get(encoding.toLowerCase()) : undefined
  // What goes wrong with either comes out of the decoder.
  return createDecoder ? pipeline(incoming, createDecoder(), () => {}) : incoming
}

// As much as Node's own streams take before they stop.
const enough = 64 * 1024

/** What has come by then in one piece. Where nobody reads, no more comes in than is enough. */
function readerOf(incoming: Readable, signal: AbortSignal | null | undefined): ByteReader {
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
