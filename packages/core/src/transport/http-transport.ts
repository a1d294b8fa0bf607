import { type Chunk, isToken } from '../chunk.ts'
import { decodeBody } from '../decode-body.ts'
import { ChatError } from '../errors.ts'
import { errorFromResponse } from '../provider-error.ts'
import type { ChatRequest, WireFormat } from '../wire/wire-format.ts'
import { withoutKey } from '../without-key.ts'
import { explainFetchError } from './fetch-error.ts'
import { assertTransportOptions, type TransportOptions } from './options.ts'
import { createWatchdog } from './watchdog.ts'

/**
 * Sends a request and yields its chunks; the last is a `message-end`. Failures before the first token that may heal
 * are tried again, those after it never: that would say things twice. Leaving the loop cancels the request.
 * @throws {TypeError} at the call, for options that cannot work. Never for what the network or the provider does.
 */
export function streamReply(request: ChatRequest, options: TransportOptions): AsyncGenerator<Chunk, void> {
  assertTransportOptions(options)
  const { provider, apiKey } = options
  const wire = options.wire ?? provider.wire
  const baseURL = (options.baseURL ?? provider.baseURL).replace(/\/+$/, '')
  const headers = { ...options.headers, ...request.headers }
  const { url, headers: sent, body } = wire.request({ ...request, headers }, { baseURL, apiKey })
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sent },
    body: JSON.stringify(body),
  }
  return stream(wire, url, init, options)
}

interface SentRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

async function* stream(
  wire: WireFormat,
  url: string,
  init: SentRequest,
  options: TransportOptions,
): AsyncGenerator<Chunk, void> {
  const { retry: { attempts = 2 } = {}, timeouts = {}, signal, fetch = globalThis.fetch, onProgress } = options
  // All but the content type, which comes first.
  const [, ...secrets] = Object.values(init.headers)
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) return yield aborted
    // What comes before the first token is held back: after a failure the next attempt says it anew.
    let held: Chunk[] | undefined = []
    let failure: ChatError | undefined
    // Aborted by the user, or by the watchdog with a ChatError as the reason.
    const controller = new AbortController()
    const eitherSignal = AbortSignal.any([controller.signal, ...(signal ? [signal] : [])])
    const watchdog = createWatchdog(
      timeouts,
      (forMs) => onProgress?.({ stalledForMs: forMs || undefined }),
      (error) => controller.abort(error),
    )
    try {
      // Not every fetch heeds its signal.
      const gone = new Promise<undefined>((resolve) => eitherSignal.addEventListener('abort', () => resolve(undefined)))
      const answer = await Promise.race([ask(url, { ...init, signal: eitherSignal }, fetch), gone])
      watchdog.enter('first-token-timeout')
      const decoder = wire.createDecoder(options)
      const cause = answer ?? eitherSignal.reason
      let pieces: AsyncIterable<readonly Chunk[]> | Iterable<readonly Chunk[]>
      if (answer && 'getReader' in answer) {
        onProgress?.({ headersAt: Date.now() })
        pieces = decodeBody(answer, decoder, eitherSignal, watchdog)
      } else pieces = [cause instanceof ChatError && !signal?.aborted ? decoder.end({ cause }) : [aborted]]
      for await (const chunks of pieces) {
        for (const chunk of chunks) {
          // What came in one piece is said in several steps, and any of them may be the last that is wanted.
          if (signal?.aborted) return yield aborted
          if (chunk.type === 'error') failure = secrets.reduce(withoutKey, chunk.error)
          if (held && isToken(chunk)) {
            watchdog.enter('stalled')
            yield* held
            held = undefined
          }
          if (held) held.push(chunk)
          else yield chunk
        }
      }
    } finally {
      watchdog.stop()
      // Whoever leaves early wants no more bytes; after the end this does nothing.
      controller.abort()
    }
    if (!held) return
    const delayMs = attempt <= attempts && failure ? retryDelayMs(failure, attempt) : undefined
    if (!failure || delayMs === undefined) return yield* held
    onProgress?.({ retryAt: Date.now() + delayMs, stalledForMs: undefined })
    await delay(delayMs, signal)
    onProgress?.({ retryAt: undefined })
  }
}

const longestWaitMs = 60_000

/** How long to wait before another attempt; undefined where that would not help, or would take too long to wait for. */
function retryDelayMs({ code, retryable, retryAfterMs = 0 }: ChatError, attempt: number): number | undefined {
  // A model that thought for a minute has been paid for; asking again would cost as much once more.
  if (!retryable || code === 'first-token-timeout' || code === 'offline') return undefined
  // Jitter keeps clients that failed together from coming back together.
  const delayMs = Math.max(retryAfterMs, 500 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2))
  return delayMs <= longestWaitMs ? delayMs : undefined
}

async function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}

/** The body that may be a reply; else why there is none. */
async function ask(
  url: string,
  init: RequestInit & { readonly signal: AbortSignal },
  fetch: typeof globalThis.fetch,
): Promise<ReadableStream<Uint8Array> | ChatError> {
  try {
    const response = await fetch(url, init)
    // Whatever its status, a page is what a login or an error looks like.
    const isPage = response.headers.get('content-type')?.startsWith('text/html')
    if (response.ok && response.body && !isPage) return response.body
    return errorFromResponse(response, await response.text())
  } catch (cause) {
    return explainFetchError(url, cause, fetch, init.signal)
  }
}

const aborted: Chunk = { type: 'message-end', finishReason: 'aborted' }
