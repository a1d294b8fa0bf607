import { callerOf, clientAddress } from './auth/caller.ts'
import { identify } from './auth/identify.ts'
import { localOnly } from './auth/local-only.ts'
import { refuseForeignPages } from './auth/same-site.ts'
import { answerChat } from './chat/answer-chat.ts'
import { createCors } from './cors.ts'
import { badRequest, errorResponse, ProxyError, toProxyError } from './errors.ts'
import type { Exchange, Surroundings } from './exchange.ts'
import { createHealthCheck, healthResponse, statusResponse } from './health.ts'
import { createReplyStreams } from './log/create-reply-streams.ts'
import { createModelsAnswer } from './models.ts'
import { createMetrics } from './observe/metrics.ts'
import { createRecorder, type Recorder } from './observe/record.ts'
import { createOpenRequests, type OpenRequest } from './open-requests.ts'
import type { ProxyOptions } from './options.ts'
import { readCount } from './positive.ts'
import { matchPath, type RouteMatch, type RouteName } from './routes.ts'
import { readSettings } from './settings.ts'

export interface ChatProxy {
  /**
   * Answers one request. Never rejects: what goes wrong is an answer too.
   * @param context What the platform gives beside the request, or `{ remoteAddress }`: who is at the other end.
   */
  fetch(request: Request, context?: unknown): Promise<Response>
  /** Refuses what is new with 503, waits up to `ms` for the replies on their way, then ends those that are left. */
  drain(ms: number): Promise<void>
  /** The same without waiting. */
  close(): void
}

/**
 * Stands between a browser and an OpenAI-compatible upstream: the browser needs no key and sees none, and replies
 * stream through as they arrive.
 * @throws {TypeError} for options that could never work.
 */
export function createProxy(options: ProxyOptions): ChatProxy {
  const settings = readSettings(options)
  const { authenticate = localOnly } = options
  const proxiesInFront = readCount('proxiesInFront', options.proxiesInFront, 0)
  const cors = createCors(options.cors)
  const requests = createOpenRequests()
  const metrics = createMetrics(new Set([...(settings.models ?? []), ...settings.prices.keys()]), () => requests.size)
  const observers = [metrics.observe, ...settings.observe]
  const streams = createReplyStreams(settings)
  const checkHealth = createHealthCheck(settings, requests)
  const answerModels = createModelsAnswer(settings)
  const surroundings: Surroundings = { settings, streams }

  const openAnswers: Partial<Record<RouteName, () => Promise<Response>>> = {
    health: async () => healthResponse(await checkHealth()),
    live: async () => statusResponse(200, { status: 'ok' }),
    ready: async () =>
      statusResponse(requests.isDraining ? 503 : 200, { status: requests.isDraining ? 'draining' : 'ok' }),
  }
  const answers: Partial<Record<RouteName, (exchange: Exchange, id: string) => Promise<Response>>> = {
    chat: (exchange) => answerChat(exchange, surroundings, 'openai'),
    article: (exchange) => answerChat(exchange, surroundings, 'article'),
    models: ({ open }) => answerModels(open),
    resume: ({ request, identity }, id) => streams.resume(request, id, identity.id),
    cancel: ({ identity }, id) => streams.cancel(id, identity.id),
    remove: ({ identity }, id) => streams.remove(id, identity.id),
    ...(settings.metrics && {
      metrics: async () => new Response(metrics.render(), { headers: { 'content-type': 'text/plain; version=0.0.4' } }),
    }),
  }

  async function fetch(request: Request, context?: unknown): Promise<Response> {
    if (cors.isPreflight(request)) return cors.preflight(request)
    const response = await answer(request, context).catch((error) => errorResponse(toProxyError(error)))
    return cors.allow(request, response)
  }

  async function answer(request: Request, context: unknown): Promise<Response> {
    const matches = matchPath(new URL(request.url).pathname)
    // Monitors like to ask for the head alone.
    const method = request.method === 'HEAD' && matches.some(({ route }) => route.isOpen) ? 'GET' : request.method
    const match = matches.find(({ route }) => route.method === method)
    const openAnswer = match?.route.isOpen && openAnswers[match.route.name]
    if (openAnswer) return openAnswer()
    const recorder = createRecorder(request, match?.route.path ?? 'unknown', observers)
    return requests.during(request.signal, async (open) => {
      open.onOver(recorder.end)
      const response = await answerAsked({ request, context, open, recorder, match, matches }).catch((error) => {
        const said = toProxyError(error)
        recorder.note({ error: said.code })
        return errorResponse(said)
      })
      recorder.note({ status: response.status })
      if (!response.headers.has('x-request-id')) response.headers.set('x-request-id', recorder.requestId)
      return response
    })
  }

  /** One way in for all routes, also for those that are none: what is not said to be open asks who is there first. */
  async function answerAsked({ request, context, open, recorder, match, matches }: Asked): Promise<Response> {
    refuseForeignPages(request, cors)
    const caller = callerOf(request, context)
    const identity = await identify(authenticate, request, caller, options.authenticate ? notYou : onlyHere)
    if (identity instanceof Response) return new Response(identity.body, identity)
    recorder.note({ user: identity.id })
    const found = match && answers[match.route.name]
    if (!found) throw noAnswer(matches)
    const address = clientAddress(request, caller, proxiesInFront)
    return found({ request, identity, address, open, recorder }, match.id)
  }

  return {
    fetch,
    async drain(ms) {
      await requests.drain(ms)
      await streams.close()
    },
    close() {
      requests.close()
      void streams.close()
    },
  }
}

interface Asked {
  readonly request: Request
  readonly context: unknown
  readonly open: OpenRequest
  readonly recorder: Recorder
  readonly match: RouteMatch | undefined
  readonly matches: readonly RouteMatch[]
}

const notYou = 'Say who you are: there is no token, or it is not good here.'
const onlyHere =
  'This proxy answers its own machine alone: it was given no `authenticate`. Others, and requests that come through another proxy, need one.'

/** A path or a method there is no answer to. */
function noAnswer(matches: readonly RouteMatch[]): ProxyError {
  if (matches.length === 0) return badRequest(404, 'not-found', 'There is nothing at this address.')
  const allow = matches.map(({ route }) => route.method).join(', ')
  if (matches.some(({ route }) => route.name === 'metrics'))
    return badRequest(404, 'not-found', 'Metrics are not served.')
  return new ProxyError(`Use ${allow} here.`, {
    status: 405,
    code: 'bad-request',
    type: 'invalid_request_error',
    headers: { allow },
  })
}
