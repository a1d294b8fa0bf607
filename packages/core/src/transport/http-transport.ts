import { type Chunk, isToken } from '../chunk.ts'
import { decodeBody } from '../decode-body.ts'
import { ChatError } from '../errors.ts'
import { errorFromResponse } from '../provider-error.ts'
import type { ChatRequest, WireFormat, WireRequest } from '../wire/wire-format.ts'
import { explainFetchError } from './fetch-error.ts'
import { assertTransportOptions, type TransportOptions } from './options.ts'
import { createWatchdog } from './watchdog.ts'

type Chunks = AsyncGenerator<readonly Chunk[], void>

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
  // A provider with headers of its own for the key keeps the wire format from adding the usual one.
  const ownAuth = apiKey ? provider.authorize?.(apiKey) : undefined
  const headers = { ...ownAuth, ...options.headers, ...request.headers }
  return streamWithRetries(
    wire,
    wire.request({ ...request, headers }, { baseURL, apiKey: ownAuth ? undefined : apiKey }),
    options,
  )
}

async function* streamWithRetries(
  wire: WireFormat,
  request: WireRequest,
  options: TransportOptions,
): AsyncGenerator<Chunk, void> {
  const { retry: { attempts = 2 } = {}, signal, onProgress } = options
  for (let attempt = 1; ; attempt++) {
    let hasToken = false
    // What comes before the first token is held back: after a failure the next attempt says it anew.
    let held: Chunk[] = []
    for await (const chunks of streamOnce(wire, request, options)) {
      hasToken ||= chunks.some(isToken)
      if (hasToken) yield* [...held.splice(0), ...chunks]
      else held = [...held, ...chunks]
    }
    const failure = hasToken ? undefined : held.find((chunk) => chunk.type === 'error')?.error
    const delayMs = failure && attempt <= attempts ? retryDelayMs(failure, attempt) : undefined
    if (!failure || delayMs === undefined) return yield* held
    onProgress?.({ type: 'retry', retryAt: Date.now() + delayMs, attempt, error: failure })
    await delay(delayMs, signal)
    if (signal?.aborted) return yield aborted
  }
}

const aborted: Chunk = { type: 'message-end', finishReason: 'aborted' }
const longestWaitMs = 60_000

/** How long to wait before another attempt; undefined where that would not help, or would take too long to wait for. */
function retryDelayMs({ code, retryable, retryAfterMs }: ChatError, attempt: number): number | undefined {
  // A model that thought for a minute has been paid for; asking again would cost as much once more.
  if (!retryable || code === 'first-token-timeout' || code === 'offline') return undefined
  // Jitter keeps clients that failed together from coming back together.
  const backoffMs = 500 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2)
  const delayMs = Math.max(retryAfterMs ?? 0, backoffMs)
  return delayMs <= longestWaitMs ? delayMs : undefined
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}

async function* streamOnce(wire: WireFormat, request: WireRequest, options: TransportOptions): Chunks {
  const { signal, apiKey, onProgress } = options
  // Aborted by the user, or by the watchdog with a ChatError as the reason.
  const controller = new AbortController()
  const abort = () => controller.abort()
  const watchdog = createWatchdog(
    options.timeouts ?? {},
    (forMs) => onProgress?.({ type: 'stalled', forMs }),
    (error) => controller.abort(error),
  )
  signal?.addEventListener('abort', abort, { once: true })
  try {
    if (signal?.aborted) return yield [aborted]
    watchdog.waiting()
    const response = await send(request, options, controller.signal)
    watchdog.arrived()
    if (response instanceof ChatError) return yield signal?.aborted ? [aborted] : failed(response, apiKey)
    onProgress?.({ type: 'headers' })
    if (!response.body) return yield failed(new ChatError('not-a-stream'), apiKey)
    watchdog.enter('first-token')
    for await (const chunks of decodeBody(response.body, wire.createDecoder(options), controller.signal, watchdog)) {
      if (chunks.some(isToken)) watchdog.enter('stream')
      for (const chunk of chunks) if (chunk.type === 'error') hideKey(chunk.error, apiKey)
      yield chunks
    }
  } finally {
    watchdog.stop()
    signal?.removeEventListener('abort', abort)
    // Whoever leaves early wants no more bytes; after the end this does nothing.
    controller.abort()
  }
}

/** The response, if it may be a reply; else why not. */
async function send(
  { url, headers, body }: WireRequest,
  { fetch = globalThis.fetch }: TransportOptions,
  signal: AbortSignal,
): Promise<Response | ChatError> {
  const text = JSON.stringify(body)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
      signal,
    })
    return response.ok ? response : errorFromResponse(response, await response.text())
  } catch (cause) {
    if (signal.aborted) return signal.reason instanceof ChatError ? signal.reason : new ChatError('network', { cause })
    return explainFetchError(url, cause, fetch)
  }
}

function failed(error: ChatError, apiKey: string | undefined): readonly Chunk[] {
  hideKey(error, apiKey)
  return [
    { type: 'error', error },
    { type: 'message-end', finishReason: 'error' },
  ]
}

/** Servers repeat the key that they refused, or the page that they were asked for. */
function hideKey(error: { message: string; stack?: string; excerpt?: string }, apiKey: string | undefined): void {
  if (!apiKey) return
  for (const field of ['message', 'stack', 'excerpt'] as const) {
    const text = error[field]
    if (text?.includes(apiKey)) error[field] = text.replaceAll(apiKey, '…')
  }
}
