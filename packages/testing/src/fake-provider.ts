import { answerChat } from './answer-chat.ts'
import { ConnectionLost } from './body/body.ts'
import type { Cut } from './body/cut.ts'
import type { Pace } from './body/pace.ts'
import { allowAnyOrigin, preflightResponse } from './cors.ts'
import type { ReasoningField, WireEncoding } from './encoders/wire-encoder.ts'
import type { Endpoint } from './endpoints/endpoint.ts'
import { endpointOf, findChatEndpoint, findModelsEndpoint } from './endpoints/find-endpoint.ts'
import { openaiChatEndpoint, unknownAddress } from './endpoints/openai.ts'
import { type FaultOption, selectFault } from './faults/fault.ts'
import { httpFaultResponse } from './faults/http-faults.ts'
import { type RecordedRequest, type Recording, recordRequest } from './recorded-request.ts'
import type { Script } from './reply/reply.ts'
import { createStreamKeeper } from './streams/stream-keeper.ts'

export interface FakeProviderOptions {
  /** Default: a short greeting. */
  readonly script?: Script
  /** What goes wrong. Default: nothing. */
  readonly fault?: FaultOption
  /** Default: everything at once. */
  readonly pace?: Pace
  /** How the body is cut into pieces. Default: each event is one. */
  readonly cut?: Cut
  /** What the list of models holds. Default `['fake-model']`; any other model is answered too. */
  readonly models?: readonly string[]
  /** The key that requests have to carry, where their format puts it. Default: none is asked for. */
  readonly apiKey?: string
  /** Default `reasoning_content`. */
  readonly reasoningField?: ReasoningField
  /**
   * The one format it speaks, at any path: `uiMessageStreamEncoding` and `textEncoding` are spoken only so. Default: all
   * the others, each at its own path.
   */
  readonly encoding?: WireEncoding
  /**
   * Whether streams of events go on without their client and can be taken up again, as `resumable()` wants it: events have ids
   * `<stream>:<number>`, `GET …/streams/<stream>` goes on after the one in `last-event-id`, and a `POST` to
   * `…/streams/<stream>/cancel` stops it. With `repeats` it goes on so many events too early. Default false.
   */
  readonly resumable?: boolean | { readonly repeats?: number }
  /** Whether pages of other origins may read the answers. Default true, as with OpenAI. */
  readonly cors?: boolean
  /** How many requests are remembered; the oldest are forgotten. Default 1,000. */
  readonly maxRequests?: number
}

/** A model provider without a model. */
export interface FakeProvider {
  /**
   * Answers a request. Use it as a handler, or as the `fetch` of whatever talks to a provider: it takes what `fetch`
   * takes, honours the signal, and notices when the body is cancelled. A path alone will do as an address.
   */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>
  /** Every request but preflights, oldest first. */
  readonly requests: readonly RecordedRequest[]
}

/**
 * Creates a provider that says what its script says, in the format it is asked in, streamed or whole:
 *
 * | `POST`                                    | Format             | Models, with `GET`                  |
 * | ----------------------------------------- | ------------------ | ----------------------------------- |
 * | `…/chat/completions`                      | `openai-chat`      | `…/models`                          |
 * | `…/responses`                             | `openai-responses` | `…/models`                          |
 * | `…/messages`                              | `anthropic`        | `…/models` with `anthropic-version` |
 * | `…/{model}:streamGenerateContent?alt=sse` | `gemini`           | `…/v1beta/models`                   |
 * | `…/api/chat`                              | `ollama`           | `…/api/tags`                        |
 */
export function createFakeProvider(options: FakeProviderOptions = {}): FakeProvider {
  const { fault: faultOption, models = ['fake-model'], apiKey, cors = true, maxRequests = 1_000 } = options
  const { script = 'Hello! This is a fake reply.', encoding: onlyEncoding } = options
  const { cut, resumable = false } = options
  const keeper = resumable
    ? createStreamKeeper({ ...(typeof resumable === 'object' && resumable), cut, maxStreams: maxRequests })
    : undefined
  const requests: RecordedRequest[] = []
  let requestCount = 0

  async function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { request, signal } = readInput(input, init)
    signal?.throwIfAborted()
    if (request.method === 'OPTIONS') return cors ? preflightResponse(request) : new Response(null, { status: 405 })
    const route = findRoute(request)
    const recording = await recordRequest(request, requests, route.endpoint)
    requests.push(recording.request)
    if (requests.length > maxRequests) requests.shift()
    const number = ++requestCount
    const response = await orAborted(answer(recording, route, number, signal), signal).catch((error: unknown) => {
      recording.settle(signal?.aborted ? 'cancelled' : 'broken')
      throw error
    })
    response.headers.set(route.endpoint.requestIdHeader, requestId(number))
    return cors ? allowAnyOrigin(response) : response
  }

  function findRoute({ method, headers, url: address }: Request): Route {
    const url = new URL(address)
    const [, streamId, action] = (keeper && /\/streams\/([^/]+)(\/cancel)?$/.exec(url.pathname)) ?? []
    if (streamId && method === (action ? 'POST' : 'GET'))
      return {
        type: action ? 'cancel' : 'resume',
        endpoint: openaiChatEndpoint,
        url,
        streamId: decodeURIComponent(streamId),
      }
    const only = onlyEncoding && endpointOf(onlyEncoding.name)
    const chat = method === 'POST' ? (only ?? findChatEndpoint(url)) : undefined
    if (chat) return { type: 'chat', endpoint: chat, url }
    const lists = method === 'GET' ? findModelsEndpoint(headers, url) : undefined
    return lists
      ? { type: 'models', endpoint: lists, url }
      : { type: 'unknown', endpoint: only ?? openaiChatEndpoint, url }
  }

  async function answer(
    recording: Recording,
    { type, endpoint, url, streamId = '' }: Route,
    number: number,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const { request } = recording
    const isKeyRight = apiKey === undefined || endpoint.readKey(request.headers, url) === apiKey
    if (type !== 'models' && type !== 'unknown' && isKeyRight) {
      const fault = selectFault(faultOption, request)
      if (fault?.name === 'unreachable') throw new ConnectionLost('fetch failed')
      // Until the client leaves, which `orAborted` sees.
      if (fault?.name === 'no-response') return new Promise<Response>(() => {})
      const refusal = fault && httpFaultResponse(fault, endpoint, requestId(number))
      const { encoding = endpoint.encoding } = options
      if (!refusal && type === 'chat')
        return answerChat(recording, { ...options, endpoint, script, encoding, fault, number, signal, keeper })
      if (!refusal && type === 'resume' && keeper) return keeper.resume(streamId, { recording, fault, signal })
      recording.settle('sent')
      return refusal ?? keeper?.cancel(streamId) ?? unknownAddress()
    }
    recording.settle('sent')
    if (!isKeyRight) return endpoint.refuse({ name: 'unauthorized', requestId: requestId(number) })
    return type === 'models' ? Response.json(endpoint.modelList(models, url)) : unknownAddress()
  }

  return { fetch, requests }
}

/** What a request is for, and who answers it. */
interface Route {
  readonly type: 'chat' | 'resume' | 'cancel' | 'models' | 'unknown'
  readonly endpoint: Endpoint
  readonly url: URL
  readonly streamId?: string
}

function requestId(number: number): string {
  return `req_${number}`
}

/**
 * What `fetch` would make of its arguments. The signal is kept apart: a test's DOM may bring an AbortSignal that the
 * Request of the platform refuses.
 */
function readInput(
  input: RequestInfo | URL,
  init: RequestInit = {},
): { request: Request; signal: AbortSignal | undefined } {
  const { signal, ...rest } = init
  const url = typeof input === 'string' && input.startsWith('/') ? `http://fake-provider${input}` : input
  return { request: new Request(url, rest), signal: signal ?? (input instanceof Request ? input.signal : undefined) }
}

/** The response, unless the client leaves before there is one. */
function orAborted(response: Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
  if (!signal) return response
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    // The client may have left while the request was read.
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    response.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
