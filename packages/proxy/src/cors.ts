/** Which pages of other origins may ask, and read the answers. */
export interface CorsOptions {
  /** Whole origins, like `https://chat.example.com`; `'*'` alone for all of them, and then without credentials. */
  readonly origins: readonly string[]
  /** Whether their cookies come along. Default `false`. */
  readonly credentials?: boolean
}

export interface Cors {
  isPreflight(request: Request): boolean
  preflight(request: Request): Response
  /** Adds to an answer what lets the page read it. The answer has to be one of ours: those of fetch cannot be changed. */
  allow(request: Request, response: Response): Response
  isListed(origin: string): boolean
}

const preflightKeptForS = 600
// What the hook, OpenAI's clients (`x-stainless-…`) and the standard send.
const allowedHeader =
  /^(?:accept|authorization|content-type|last-event-id|idempotency-key|openai-beta|x-stainless-[\w-]+)$/
const exposed =
  'x-stream-id, x-request-id, retry-after, retry-after-ms, ratelimit, x-should-retry, ' +
  'x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, x-ratelimit-reset-requests, x-ratelimit-reset-tokens'

/** @throws {TypeError} for origins that are none, and for all of them with credentials. */
export function createCors({ origins, credentials = false }: CorsOptions = { origins: [] }): Cors {
  const all = origins.includes('*')
  if (all && credentials)
    throw new TypeError('cors: with credentials any page could ask as its visitor. List the origins.')
  for (const origin of origins) {
    const isOrigin = origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin && origin !== 'null')
    if (!isOrigin)
      throw new TypeError(
        `cors.origins: ${JSON.stringify(origin)} is no origin. It looks like https://chat.example.com`,
      )
  }
  const listed = new Set(origins)
  const isListed = (origin: string) => origin !== 'null' && (all || listed.has(origin))

  function headersFor(request: Request): Headers {
    const headers = new Headers()
    if (origins.length === 0) return headers
    // Also where the origin is not listed, so that a cache does not give this answer to one that is.
    headers.set('vary', 'Origin')
    const origin = request.headers.get('origin')
    if (origin === null || !isListed(origin)) return headers
    headers.set('access-control-allow-origin', all ? '*' : origin)
    if (credentials) headers.set('access-control-allow-credentials', 'true')
    return headers
  }

  return {
    isListed,
    isPreflight: ({ method, headers }) => method === 'OPTIONS' && headers.has('access-control-request-method'),
    preflight(request) {
      const headers = headersFor(request)
      if (headers.has('access-control-allow-origin')) {
        const wanted = (request.headers.get('access-control-request-headers') ?? '').toLowerCase().split(/\s*,\s*/)
        headers.set('access-control-allow-headers', wanted.filter((name) => allowedHeader.test(name)).join(', '))
        headers.set('access-control-allow-methods', 'GET, POST, DELETE')
        headers.set('access-control-max-age', `${preflightKeptForS}`)
      }
      return new Response(null, { status: 204, headers })
    },
    allow(request, response) {
      for (const [name, value] of headersFor(request)) response.headers.append(name, value)
      if (response.headers.has('access-control-allow-origin')) {
        response.headers.set('access-control-expose-headers', exposed)
      }
      return response
    },
  }
}
