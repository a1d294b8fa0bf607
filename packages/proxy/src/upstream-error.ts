import { readAtMost } from './bytes.ts'
import { errorResponse, ProxyError } from './errors.ts'
import { redactError } from './redact.ts'
import { answerHeaders } from './response-headers.ts'

const maxErrorBytes = 64 * 1024

/** Passes on what the upstream says of a failure: its status and its JSON. Pages of HTML and the like stay here. */
export async function upstreamErrorResponse(upstream: Response, secrets: readonly string[]): Promise<Response> {
  const { status } = upstream
  const headers = answerHeaders(upstream.headers, secrets)
  const text = await readErrorText(upstream, secrets)
  headers.set('content-type', 'application/json')
  if (text !== undefined) return new Response(text, { status, headers })
  const error = new ProxyError(`The provider answered ${status}.`, { status, code: 'provider-error' })
  return errorResponse(error, headers)
}

/** The JSON of it as text; nothing where there is none, it is too long, or it breaks off. */
export async function readErrorText(upstream: Response, secrets: readonly string[]): Promise<string | undefined> {
  try {
    const bytes = await readAtMost(upstream.body, maxErrorBytes)
    const text = redactError(new TextDecoder().decode(bytes), secrets)
    // Asked of the text itself: an error may come as `application/octet-stream`.
    return typeof JSON.parse(text) === 'object' ? text : undefined
  } catch {
    return undefined
  }
}
