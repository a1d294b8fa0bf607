import { ProxyError } from '../errors.ts'
import type { OpenRequest } from '../open-requests.ts'
import type { Settings } from '../settings.ts'
import type { Upstream } from './upstream.ts'

export interface UpstreamRequest {
  readonly path: '/chat/completions' | '/models'
  readonly body?: Uint8Array<ArrayBuffer> | string | undefined
  /** What the client can read. The one header of its request that is sent on as it is. */
  readonly accept?: string | null
}

/**
 * Asks one upstream once, and returns what it answers, whatever its status.
 * @throws {ProxyError} `network`, `connect-timeout`, or the reason the request was aborted for.
 */
export async function askOnce(
  upstream: Upstream,
  key: string | undefined,
  { path, body, accept }: UpstreamRequest,
  open: OpenRequest,
  { fetch, connectMs }: Pick<Settings, 'fetch' | 'connectMs'>,
): Promise<Response> {
  const url = new URL(upstream.baseURL)
  url.pathname = url.pathname.replace(/\/+$/, '') + path
  // Of this attempt alone: when it takes too long, another one may follow.
  const attempt = new AbortController()
  const onAbort = () => attempt.abort(open.signal.reason)
  if (open.signal.aborted) onAbort()
  open.signal.addEventListener('abort', onAbort, { once: true })
  const timer = setTimeout(() => attempt.abort(connectTimeout(connectMs)), connectMs)
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: requestHeaders(upstream.headers, key, accept, body !== undefined),
      ...(body !== undefined && { body }),
      signal: attempt.signal,
      // A redirect would take the key along to wherever it points.
      redirect: 'manual',
    })
    return await refuseRedirect(response)
  } catch (error) {
    if (attempt.signal.aborted) throw attempt.signal.reason
    throw error instanceof ProxyError ? error : unreachable()
  } finally {
    clearTimeout(timer)
  }
}

function requestHeaders(
  ownHeaders: Headers,
  key: string | undefined,
  accept: string | null | undefined,
  hasBody: boolean,
): Headers {
  const headers = new Headers({ accept: accept || '*/*' })
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`)
  if (hasBody) headers.set('content-type', 'application/json')
  // Compressed events would wait in the compressor until it has enough of them.
  headers.set('accept-encoding', 'identity')
  for (const [name, value] of ownHeaders) headers.set(name, value)
  return headers
}

async function refuseRedirect(response: Response): Promise<Response> {
  if (response.type !== 'opaqueredirect' && !(response.status >= 300 && response.status < 400)) return response
  await response.body?.cancel()
  throw new ProxyError('The provider answered with a redirect, which is not followed. Check the base URL.', {
    status: 502,
    code: 'server-error',
  })
}

function unreachable(): ProxyError {
  return new ProxyError('The provider could not be reached.', { status: 502, code: 'network' })
}

function connectTimeout(ms: number): ProxyError {
  return new ProxyError(`The provider did not answer within ${ms / 1000} s.`, { status: 504, code: 'connect-timeout' })
}
