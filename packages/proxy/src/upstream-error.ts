import { readAtMost } from './bytes.ts'
import { errorResponse, ProxyError } from './errors.ts'
import { redactText } from './redact.ts'
import { answerHeaders } from './response-headers.ts'

const maxErrorBytes = 64 * 1024

/** Passes on what the upstream says of a failure: its status and its JSON. Pages of HTML and the like stay here. */
export async function upstreamErrorResponse(upstream: Response, secrets: readonly string[]): Promise<Response> {
  const { status } = upstream
  const headers = answerHeaders(upstream.headers, secrets)
  const text = await readError(upstream, secrets)
  headers.set('content-type', 'application/json')
  if (isJson(text)) return new Response(text, { status, headers })
  const error = new ProxyError(`The provider answered ${status}.`, { status, code: 'provider-error' })
  return errorResponse(error, headers)
}

/** The text of it, or nothing where it is too long, or breaks off. */
async function readError(upstream: Response, secrets: readonly string[]): Promise<string> {
  try {
    const bytes = await readAtMost(upstream.body, maxErrorBytes)
    return redactText(new TextDecoder().decode(bytes), secrets)
  } catch {
    return ''
  }
}

// Asked of the text itself: an error may come as `application/octet-stream`.
function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
