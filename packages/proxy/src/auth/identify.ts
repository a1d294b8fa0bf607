import { ProxyError } from '../errors.ts'
import type { Authenticate, Caller, Identity } from './identity.ts'

/**
 * Who asks, by a function of the proxy's owner. Everything but a clear yes is a no: that it fails, that it says nothing,
 * that it names nobody.
 * @throws {ProxyError} `unauthorized`
 */
export async function identify(
  authenticate: Authenticate,
  request: Request,
  caller: Caller,
  hint: string,
): Promise<Identity | Response> {
  let answer: unknown
  try {
    answer = await authenticate(request, caller)
  } catch {
    // What it says may hold the token.
  }
  if (answer instanceof Response || isIdentity(answer)) return answer
  throw new ProxyError(hint, {
    status: 401,
    code: 'unauthorized',
    type: 'invalid_request_error',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

function isIdentity(answer: unknown): answer is Identity {
  return (
    typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string' && answer.id !== ''
  )
}
