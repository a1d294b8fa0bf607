import { ConnectionLost } from './body/body.ts'
import type { Cut } from './body/cut.ts'
import type { Pace } from './body/pace.ts'
import { answerChat } from './chat-completions.ts'
import { allowAnyOrigin, preflightResponse } from './cors.ts'
import { openaiChatEncoding } from './encoders/openai-chat.ts'
import type { ReasoningField, WireEncoding } from './encoders/wire-encoder.ts'
import { type FaultOption, selectFault } from './faults/fault.ts'
import { errorResponse, httpFaultResponse } from './faults/http-faults.ts'
import { type RecordedRequest, type Recording, recordRequest } from './recorded-request.ts'
import type { Script } from './reply/reply.ts'

export interface FakeProviderOptions {
  /** Default: a short greeting. */
  readonly script?: Script
  /** What goes wrong. Default: nothing. */
  readonly fault?: FaultOption
  /** Default: everything at once. */
  readonly pace?: Pace
  /** How the body is cut into pieces. Default: each event is one. */
  readonly cut?: Cut
  /** What `GET …/models` lists. Default `['fake-model']`; any other model is answered too. */
  readonly models?: readonly string[]
  /** The key that requests have to carry. Default: none is asked for. */
  readonly apiKey?: string
  /** Default `reasoning_content`. */
  readonly reasoningField?: ReasoningField
  /** How replies are spelled. Default `openaiChatEncoding`. */
  readonly encoding?: WireEncoding
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
 * Creates a provider that speaks the real wire and says what its script says: `POST …/chat/completions`, streamed or
 * whole, and `GET …/models`.
 */
export function createFakeProvider(options: FakeProviderOptions = {}): FakeProvider {
  const { fault: faultOption, models = ['fake-model'], apiKey, cors = true, maxRequests = 1_000 } = options
  const { script = 'Hello! This is a fake reply.', encoding = openaiChatEncoding } = options
  const requests: RecordedRequest[] = []
  let requestCount = 0

  async function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { request, signal } = readInput(input, init)
    signal?.throwIfAborted()
    if (request.method === 'OPTIONS') return cors ? preflightResponse(request) : new Response(null, { status: 405 })
    const recording = await recordRequest(request, requests)
    requests.push(recording.request)
    if (requests.length > maxRequests) requests.shift()
    requestCount++
    const response = await orAborted(route(recording, requestCount, signal), signal).catch((error: unknown) => {
      recording.settle(signal?.aborted ? 'cancelled' : 'broken')
      throw error
    })
    response.headers.set('x-request-id', `req_${requestCount}`)
    return cors ? allowAnyOrigin(response) : response
  }

  async function route(recording: Recording, number: number, signal: AbortSignal | undefined): Promise<Response> {
    const { request } = recording
    const { pathname } = new URL(request.url)
    const isChat = request.method === 'POST' && pathname.endsWith('/chat/completions')
    if (isChat && isKeyRight(request)) {
      const fault = selectFault(faultOption, request)
      if (fault?.name === 'unreachable') throw new ConnectionLost('fetch failed')
      // Until the client leaves, which `orAborted` sees.
      if (fault?.name === 'no-response') return new Promise<Response>(() => {})
      const refusal = fault && httpFaultResponse(fault)
      if (!refusal) return answerChat(recording, { ...options, script, encoding, fault, number, signal })
      recording.settle('sent')
      return refusal
    }
    recording.settle('sent')
    if (!isKeyRight(request)) return errorResponse(401, wrongKey)
    return request.method === 'GET' && pathname.endsWith('/models')
      ? modelList(models)
      : errorResponse(404, unknownAddress)
  }

  const isKeyRight = ({ headers }: RecordedRequest) =>
    apiKey === undefined || headers.get('authorization') === `Bearer ${apiKey}`

  return { fetch, requests }
}

const wrongKey = { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' }
const unknownAddress = { message: 'Invalid URL', type: 'invalid_request_error', code: 'unknown_url' }

function modelList(models: readonly string[]): Response {
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'millrace' }))
  return Response.json({ object: 'list', data })
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
