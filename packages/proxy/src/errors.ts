import { encodeSse } from '@millrace/core/sse'

/** What kind of failure it is, in the words OpenAI's clients know. */
export type ProxyErrorType = 'invalid_request_error' | 'upstream_error' | 'server_error'

interface ProxyErrorInit {
  readonly status: number
  /** One of core's error codes wherever there is one that says the same, so that a chat reads it as its own. */
  readonly code: string
  readonly type?: ProxyErrorType
  readonly headers?: Readonly<Record<string, string>>
}

/** A failure that the client is told of. Its message is written here and never holds what an upstream or a cause said. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly status: number
  readonly code: string
  readonly type: ProxyErrorType
  readonly headers: Readonly<Record<string, string>>

  constructor(message: string, { status, code, type = 'upstream_error', headers = {} }: ProxyErrorInit) {
    super(message)
    this.status = status
    this.code = code
    this.type = type
    this.headers = headers
  }
}

/** A request that cannot be sent on as it is. */
export function badRequest(status: number, code: string, message: string): ProxyError {
  return new ProxyError(message, { status, code, type: 'invalid_request_error' })
}

/** Anything else that was thrown says nothing outside: its message may hold a key. */
export function toProxyError(error: unknown): ProxyError {
  if (error instanceof ProxyError) return error
  return new ProxyError('The proxy failed.', { status: 500, code: 'server-error', type: 'server_error' })
}

/** The answer in place of a reply, in the shape of OpenAI's errors. */
export function errorResponse(error: ProxyError, headers: HeadersInit = error.headers): Response {
  const response = Response.json(errorBody(error), { status: error.status, headers })
  response.headers.set('cache-control', 'no-store')
  return response
}

/** The same as the event a stream ends in, once it has begun. */
export function errorEvent(error: ProxyError): string {
  return encodeSse({ data: JSON.stringify(errorBody(error)) })
}

/** The provider closed, or said something else than a reply, before the reply was finished. */
export function brokenOff(): ProxyError {
  return new ProxyError('The connection to the provider closed before the reply was finished.', {
    status: 502,
    code: 'incomplete',
  })
}

function errorBody({ message, type, code }: ProxyError) {
  return { error: { message, type, param: null, code } }
}
