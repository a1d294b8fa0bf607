import { readAtMost } from './bytes.ts'
import { brokenOff, ProxyError } from './errors.ts'
import type { OpenRequest } from './open-requests.ts'
import { redactText } from './redact.ts'
import { answerHeaders } from './response-headers.ts'

// An answer may hold images as text.
export const maxAnswerBytes = 32 * 1024 * 1024

export interface WholeAnswer {
  readonly response: Response
  /** Its JSON; nothing where it is none. */
  readonly json: unknown
}

/**
 * Passes on an answer that is no stream. It is read whole first, so that one that breaks off has the status of a
 * failure.
 * @throws {ProxyError} `incomplete` where it breaks off, `provider-error` where there is nothing in it; the reason the request
 * was aborted for.
 */
export async function passWhole(
  upstream: Response,
  open: OpenRequest,
  secrets: readonly string[],
): Promise<WholeAnswer> {
  const { status, headers: upstreamHeaders } = upstream
  const bytes = await orAborted(readAtMost(upstream.body, maxAnswerBytes), open.signal)
  if (!bytes) throw noAnswer('is too large')
  // A response with status 204 may not even be made with a body.
  if (bytes.length === 0) throw noAnswer('is empty')
  const text = new TextDecoder().decode(bytes)
  const headers = answerHeaders(upstreamHeaders, secrets)
  return { response: new Response(redactText(text, secrets), { status, headers }), json: parse(text) }
}

function noAnswer(why: string): ProxyError {
  return new ProxyError(`The answer of the provider ${why}.`, { status: 502, code: 'provider-error' })
}

/** @throws the reason of an abort, also where the body does not heed it; else `incomplete`, where the body breaks off. */
export async function orAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([value, aborted])
  } catch {
    throw signal.aborted ? signal.reason : brokenOff()
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
