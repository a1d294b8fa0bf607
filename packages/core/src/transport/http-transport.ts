import { type Chunk, isToken } from '../chunk.ts'
import { decodeBody } from '../decode-body.ts'
import { ChatError } from '../errors.ts'
import { errorFromResponse } from '../provider-error.ts'
import type { ChatRequest, WireFormat, WireRequest } from '../wire/wire-format.ts'
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
  return stream(wire, wire.request({ ...request, headers }, { baseURL, apiKey }), options)
}

async function* stream(wire: WireFormat, request: WireRequest, options: TransportOptions): AsyncGenerator<Chunk, void> {
  const { retry: { attempts = 2 } = {}, timeouts = {}, signal, apiKey, onProgress } = options
  for (let attempt = 1; ; attempt++) {
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
      const answer = await send(request, options, eitherSignal)
      watchdog.enter('first-token-timeout')
      const pieces =
        'getReader' in answer ? decodeBody(answer, wire.createDecoder(options), eitherSignal, watchdog) : [answer]
      if ('getReader' in answer) onProgress?.({ headersAt: Date.now() })
      for await (const chunks of pieces) {
        for (const chunk of chunks) {
          // What came in one piece is said in several steps, and any of them may be the last that is wanted.
          if (signal?.aborted) return yield aborted
          if (chunk.type === 'error') failure = withoutKey(chunk.error, apiKey)
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
    onProgress?.({ retryAt: Date.now() + delayMs })
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
  let timer: ReturnType<typeof setTimeout> | undefined
  await new Promise<unknown>((resolve) => {
    timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', resolve, { once: true })
    if (signal?.aborted) resolve(0)
  })
  clearTimeout(timer)
}

/** The body that may be a reply; else the chunks that say why there is none. */
async function send(
  { url, headers, body }: WireRequest,
  { fetch = globalThis.fetch }: TransportOptions,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | readonly Chunk[]> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  let error: ChatError
  try {
    const response = await fetch(url, { ...init, signal })
    // Whatever its status, a page is what a login or an error looks like.
    const isPage = response.headers.get('content-type')?.startsWith('text/html')
    if (response.ok && response.body && !isPage) return response.body
    error = errorFromResponse(response, await response.text())
  } catch (cause) {
    error = await explainFetchError(url, cause, fetch, signal)
  }
  if (signal.reason instanceof ChatError) error = signal.reason
  else if (signal.aborted) return [aborted]
  return [
    { type: 'error', error },
    { type: 'message-end', finishReason: 'error' },
  ]
}

const aborted: Chunk = { type: 'message-end', finishReason: 'aborted' }
