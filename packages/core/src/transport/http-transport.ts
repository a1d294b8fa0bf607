import { type Chunk, isToken } from '../chunk.ts'
import { decodeBody } from '../decode-body.ts'
import { ChatError } from '../errors.ts'
import { createSeam } from '../seam.ts'
import { openText } from '../wire/continue-turn.ts'
import type { ChatRequest, WireDecoder, WireFormat } from '../wire/wire-format.ts'
import { withoutKey } from '../without-key.ts'
import { ask } from './ask.ts'
import { retryDelayMs, waitToRetry } from './delay.ts'
import { assertTransportOptions, type TransportOptions } from './options.ts'
import { createWatchdog } from './watchdog.ts'

/**
 * Sends a request and yields its chunks; the last is a `message-end`. Failures before the first token that may heal
 * are tried again, those after it never: that would say things twice. Where the server keeps its streams, a connection
 * that broke is taken up again after the last whole event. Leaving the loop cancels the request.
 * @throws {TypeError} at the call, for options that cannot work. Never for what the network or the provider does.
 */
export function streamReply(request: ChatRequest, options: TransportOptions): AsyncGenerator<Chunk, void> {
  assertTransportOptions(options)
  const { provider, apiKey } = options
  const wire = options.wire ?? provider.wire
  const baseURL = (options.baseURL ?? provider.baseURL).replace(/\/+$/, '')
  const headers = { ...options.headers, ...request.headers }
  const { body, ...sent } = wire.request({ ...request, headers }, { baseURL, apiKey })
  const streamURL = (eventId: string) => `${baseURL}/streams/${encodeURIComponent(eventId.replace(/:\d+$/, ''))}`
  const chunks = stream(wire, { streamURL, ...sent, body: JSON.stringify(body) }, options)
  return request.continueLast ? joined(openText(request.messages.at(-1)), chunks) : chunks
}

/** A continuation without what it says again. Only text is held back, and only until something else follows it. */
async function* joined(before: string, chunks: AsyncGenerator<Chunk, void>): AsyncGenerator<Chunk, void> {
  const seam = createSeam(before)
  for await (const chunk of chunks) {
    const isText = chunk.type === 'text-delta'
    const isAside = chunk.type === 'usage' || chunk.type === 'message-start'
    const text = isText ? seam.push(chunk.text) : isAside ? '' : seam.end()
    if (text) yield { type: 'text-delta', text }
    if (!isText) yield chunk
  }
}

interface SentRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Where the server keeps the stream that an event belongs to. */
  readonly streamURL: (eventId: string) => string
}

async function* stream(wire: WireFormat, request: SentRequest, options: TransportOptions): AsyncGenerator<Chunk, void> {
  const { retry: { attempts = 2 } = {}, resume = {}, timeouts = {}, signal, onProgress } = options
  const { fetch = globalThis.fetch } = options
  const { url, headers, body } = request
  const post = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
  const { url: streamURL = request.streamURL, attempts: resumeAttempts = 5 } = resume
  const secrets = Object.values(headers)
  // What is taken up is never asked for anew.
  let attempt = options.resumeFrom ? Number.POSITIVE_INFINITY : 1
  let fruitless = 0
  let decoder = wire.createDecoder(options)
  // What comes before the first token is held back: after a failure the next attempt says it anew.
  let held: Chunk[] | undefined = []
  let { resumeFrom } = options
  // After which event the server can go on; undefined where it cannot.
  let eventId = resumeFrom
  let lost: Parameters<WireDecoder['end']>[0] = { cause: undefined }
  let failure: ChatError | undefined
  let waitMs: number | undefined

  /** The body ended, or the request was refused: the end of the reply, or nothing where its stream can be taken up. */
  function end(cut?: typeof lost, refusal?: ChatError): Chunk[] {
    if (refusal && !eventId) return decoder.end({ cause: refusal })
    // The stream had ended there.
    if (refusal?.status === 204) return decoder.end()
    if (!refusal) {
      lost = cut
      if (eventId || options.resume) eventId = decoder.lastEventId || (held && eventId)
    }
    if (eventId && fruitless++ < resumeAttempts) waitMs = retryDelayMs(refusal, fruitless, true)
    return waitMs === undefined ? decoder.end(lost) : []
  }

  function cancel(): void {
    if (eventId && signal?.reason !== 'disconnect')
      void ask(`${streamURL(eventId)}/cancel`, { method: 'POST', headers }, fetch)
  }

  signal?.addEventListener('abort', cancel)
  try {
    while (!signal?.aborted) {
      failure = waitMs = undefined
      const init = eventId ? { headers: { ...headers, 'last-event-id': eventId } } : post
      // Aborted by the user, or by the watchdog with a ChatError as the reason.
      const controller = new AbortController()
      const eitherSignal = AbortSignal.any([controller.signal, ...(signal ? [signal] : [])])
      const watchdog = createWatchdog(
        timeouts,
        (forMs) => onProgress?.({ stalledForMs: forMs || undefined }),
        (error) => controller.abort(error),
      )
      try {
        const answer = await ask(eventId ? streamURL(eventId) : url, { ...init, signal: eitherSignal }, fetch)
        if (signal?.aborted) break
        let pieces: AsyncIterable<readonly Chunk[]> | Iterable<readonly Chunk[]>
        if (answer instanceof ChatError) pieces = [end(undefined, answer)]
        else {
          watchdog.enter(held ? 'first-token-timeout' : 'stalled')
          if (eventId) decoder.resume?.(eventId)
          const streamId = answer.headers.get('x-stream-id')
          if (streamId) resumeFrom = `${streamId}:0`
          eventId ??= resumeFrom
          onProgress?.({ retryAt: undefined, headersAt: held && Date.now(), resumeFrom })
          pieces = decodeBody(answer.body, decoder, eitherSignal, watchdog, end)
        }
        for await (const chunks of pieces) {
          for (const chunk of chunks) {
            // What came in one piece is said in several steps, and any of them may be the last that is wanted.
            if (signal?.aborted) return yield aborted
            fruitless = 0
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
      if (waitMs === undefined) {
        if (!held) return
        if (attempt <= attempts && failure) waitMs = retryDelayMs(failure, attempt++)
        if (waitMs === undefined) return yield* held
        held = []
        decoder = wire.createDecoder(options)
        eventId = undefined
      }
      await waitToRetry(waitMs, options)
    }
    yield aborted
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

const aborted: Chunk = { type: 'message-end', finishReason: 'aborted' }
