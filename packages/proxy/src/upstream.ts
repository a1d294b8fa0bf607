import { ProxyError } from './errors.ts'
import type { OpenRequest } from './open-requests.ts'
import type { Settings } from './options.ts'

export interface UpstreamRequest {
  readonly path: '/chat/completions' | '/models'
  readonly body?: Uint8Array<ArrayBuffer> | string
  /** What the client can read. The one header of its request that is sent on as it is. */
  readonly accept?: string | null
}

/**
 * Asks the upstream, and returns what it answers, whatever its status.
 * @throws {ProxyError} `network`, `connect-timeout`, or the reason the request was aborted for.
 */
export type AskUpstream = (request: UpstreamRequest, open: OpenRequest) => Promise<Response>

export function createUpstream({ baseURL, headers: ownHeaders, fetch, connectMs }: Settings): AskUpstream {
  return async ({ path, body, accept }, open) => {
    const url = new URL(baseURL)
    url.pathname = url.pathname.replace(/\/+$/, '') + path
    const timer = setTimeout(() => open.abort(connectTimeout(connectMs)), connectMs)
    try {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: requestHeaders(ownHeaders, accept, body !== undefined),
        ...(body !== undefined && { body }),
        signal: open.signal,
        // A redirect would take the key along to wherever it points.
        redirect: 'manual',
      })
      return await refuseRedirect(response)
    } catch (error) {
      if (open.signal.aborted) throw open.signal.reason
      throw error instanceof ProxyError ? error : unreachable()
    } finally {
      clearTimeout(timer)
    }
  }
}

function requestHeaders(ownHeaders: Headers, accept: string | null | undefined, hasBody: boolean): Headers {
  const headers = new Headers({ accept: accept || '*/*' })
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
