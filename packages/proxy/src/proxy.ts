import { answerChat } from './chat.ts'
import { badRequest, errorResponse, ProxyError, toProxyError } from './errors.ts'
import { createHealthCheck, healthResponse } from './health.ts'
import { answerModels } from './models.ts'
import { createOpenRequests, type OpenRequest } from './open-requests.ts'
import { type ProxyOptions, readOptions } from './options.ts'
import { isRoute, type RoutePath, routes } from './routes.ts'
import { createUpstream } from './upstream.ts'

export interface ChatProxy {
  /** Answers one request. Never rejects: what goes wrong is an answer too. */
  fetch(request: Request): Promise<Response>
  /** Refuses what is new with 503, waits up to `ms` for the replies on their way, then ends those that are left. */
  drain(ms: number): Promise<void>
  /** The same without waiting. */
  close(): void
}

/**
 * Stands between a browser and an OpenAI-compatible upstream: the browser needs no key and sees none, and replies
 * stream through as they arrive. Answers `POST /v1/chat/completions`, `GET /v1/models` and `GET /health`.
 * @throws {TypeError} for options that could never work.
 */
export function createProxy(options: ProxyOptions): ChatProxy {
  const settings = readOptions(options)
  const askUpstream = createUpstream(settings)
  const requests = createOpenRequests()
  const checkHealth = createHealthCheck(askUpstream, requests)

  const answers: Record<RoutePath, (request: Request, open: OpenRequest) => Promise<Response>> = {
    '/v1/chat/completions': (request, open) => answerChat(request, open, askUpstream, settings),
    '/v1/models': (_request, open) => answerModels(open, askUpstream, settings),
    '/health': async () => healthResponse(await checkHealth()),
  }

  async function fetch(request: Request): Promise<Response> {
    try {
      const answer = answers[routeOf(request)]
      return await requests.during(request.signal, (open) => answer(request, open))
    } catch (error) {
      return errorResponse(toProxyError(error))
    }
  }

  return { fetch, drain: requests.drain, close: requests.close }
}

/** @throws {ProxyError} for a path or a method there is no answer to. */
function routeOf({ method, url }: Request): RoutePath {
  const path = new URL(url).pathname
  if (!isRoute(path)) throw badRequest(404, 'not-found', 'There is nothing at this address.')
  if (method === routes[path]) return path
  throw new ProxyError(`Use ${routes[path]} here.`, {
    status: 405,
    code: 'bad-request',
    type: 'invalid_request_error',
    headers: { allow: routes[path] },
  })
}
