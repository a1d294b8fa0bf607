import { type Chunk, isToken } from '../chunk.ts'
import { decodeBody } from '../decode-body.ts'
import { ChatError } from '../errors.ts'
import { createSeam } from '../seam.ts'
import { openText } from '../wire/continue-turn.ts'
import type { ChatRequest, WireDecoder, WireFormat } from '../wire/wire-format.ts'
import { withoutKey } from '../without-key.ts'
import { type Answer, ask } from './ask.ts'
import { retryDelayMs, waitToRetry } from './delay.ts'
import type { Pieces } from './link.ts'
import { assertTransportOptions, type TransportOptions } from './options.ts'
import { createWatchdog } from './watchdog.ts'

/**
 * Sends a request and yields its chunks; the last is a `message-end`. Failures before the first token that may heal
 * are tried again, those after it never: that would say things twice. Leaving the loop cancels the request.
 * @throws {TypeError} at the call, for options that cannot work. Never for what the network or the provider does.
 */
export function streamReply(request: ChatRequest, options: TransportOptions): AsyncGenerator<Chunk, void> {
  const { provider, apiKey } = options
  const headers = { ...options.headers, ...request.headers }
  assertTransportOptions({ ...options, headers })
  const wire = options.wire ?? provider.wire
  const baseURL = (options.baseURL ?? provider.baseURL).replace(/\/+$/, '')
  const { body, ...sent } = wire.request({ ...request, headers }, { baseURL, apiKey })
  const chunks = stream({ wire, baseURL, ...sent, body: JSON.stringify(body) }, options)
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
  readonly wire: WireFormat
  readonly baseURL: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

async function* stream(request: SentRequest, options: TransportOptions): AsyncGenerator<Chunk, void> {
  const { retry: { attempts = 2 } = {}, resume, resumeFrom, timeouts = {}, onProgress } = options
  const { fetch = globalThis.fetch, signal = new AbortController().signal } = options
  const { wire, headers, body } = request
  const post = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
  const secrets = Object.values(headers)
  // What comes before the first token is held back: after a failure the next attempt says it anew.
  let held: Chunk[] | undefined
  let connection = new AbortController()
  const watchdog = createWatchdog(
    timeouts,
    (forMs) => onProgress?.({ stalledForMs: forMs || undefined }),
    (error) => connection.abort(error),
  )

  async function connect(init: RequestInit = post, url = request.url): Promise<Answer | ChatError> {
    connection.abort()
    // Aborted by the user, or by the watchdog with a ChatError as the reason.
    connection = new AbortController()
    const eitherSignal = AbortSignal.any([signal, connection.signal])
    watchdog.waiting('connect-timeout')
    const answer = await ask(url, { ...init, signal: eitherSignal }, fetch)
    watchdog.arrived()
    return answer
  }

  function read(answer: Answer | ChatError, decoder: WireDecoder): Pieces {
    if (answer instanceof ChatError) return [decoder.end({ cause: answer })]
    onProgress?.({ retryAt: undefined, headersAt: held && Date.now() })
    return decodeBody(answer.body, decoder, answer.signal, {
      ...watchdog,
      waiting: () => watchdog.waiting(held ? 'first-token-timeout' : 'stalled'),
    })
  }

  try {
    for (let attempt = 1; !signal.aborted; attempt++) {
      let failure: ChatError | undefined
      held = []
      const pieces = resume
        ? resume({ ...request, connect, read }, options)
        : read(await connect(), wire.createDecoder(options))
      for await (const chunks of pieces) {
        for (const chunk of chunks) {
          // What came in one piece is said in several steps, and any of them may be the last that is wanted.
          if (signal.aborted) return yield aborted
          if (chunk.type === 'error') failure = secrets.reduce(withoutKey, chunk.error)
          if (held && isToken(chunk)) {
            yield* held
            held = undefined
          }
          if (held) held.push(chunk)
          else yield chunk
        }
      }
      if (!held) return
      // What was taken up is never asked for anew.
      const waitMs = attempt > attempts || resumeFrom ? undefined : retryDelayMs(failure, attempt)
      if (waitMs === undefined) return yield* held
      await waitToRetry(waitMs, options)
    }
    yield aborted
  } catch (cause) {
    // A mistake in what was given: a `fetch` whose body is none of the platform's, say.
    yield { type: 'error', error: new ChatError('network', { cause }) }
    yield { type: 'message-end', finishReason: 'error' }
  } finally {
    watchdog.stop()
    // Whoever leaves early wants no more bytes; after the end this does nothing.
    connection.abort()
  }
}

const aborted: Chunk = { type: 'message-end', finishReason: 'aborted' }
