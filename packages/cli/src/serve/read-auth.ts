import { type Authenticate, openToAll, tokenAuth } from '@millrace/proxy'
import { jwtAuth } from '@millrace/proxy/jwt'
import { isLoopback } from '../target.ts'
import { orUsageError, UsageError } from '../usage-error.ts'
import { splitList, type Variables } from './variables.ts'

export interface AuthSituation {
  /** Where the proxy listens. */
  readonly host: string
  /** Whether it was said that anybody may come in. */
  readonly isInsecure: boolean
}

/**
 * Who may ask, by `AUTH`, `AUTH_TOKENS` and the variables of `JWT_`; nothing for this machine alone.
 * @throws {UsageError} for what would let strangers in, and for what looks like a guard and is none.
 */
export function readAuth(variables: Variables, { host, isInsecure }: AuthSituation): Authenticate | undefined {
  const tokens = variables.secret('AUTH_TOKENS')
  const hasJwt = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_SECRET', 'JWT_SECRET_FILE'].some(variables.text)
  if (tokens && hasJwt) throw new UsageError('AUTH_TOKENS and JWT_… are both set. Leave one of them out.')
  const auth = variables.oneOf('AUTH', ['none', 'token', 'jwt']) ?? (tokens ? 'token' : hasJwt ? 'jwt' : 'none')

  if (auth === 'token') {
    if (!tokens) throw new UsageError('AUTH is token, and there are no AUTH_TOKENS: nobody could come in.')
    return orUsageError(() => tokenAuth(namedTokens(tokens)))
  }
  if (auth === 'jwt') return readJwt(variables)
  if (tokens || hasJwt) throw new UsageError('AUTH is none, and there are tokens: nobody would be asked for them.')
  if (isInsecure) return openToAll()
  if (isLoopback(host)) return undefined
  throw new UsageError(
    `At ${host} everybody who reaches this machine could spend the key: the proxy asks nobody who they are. ` +
      'Set AUTH_TOKENS or JWT_JWKS_URL, leave --host out, or say --insecure where something in front of it asks.',
  )
}

function readJwt(variables: Variables): Authenticate {
  const issuer = variables.text('JWT_ISSUER')
  const audience = variables.text('JWT_AUDIENCE')
  const jwksURL = variables.text('JWT_JWKS_URL')
  const key = variables.secret('JWT_SECRET')
  if (!issuer || !audience) {
    throw new UsageError('AUTH is jwt without JWT_ISSUER and JWT_AUDIENCE: tokens made for others would be good here.')
  }
  return orUsageError(() => jwtAuth({ issuer, audience, ...(jwksURL && { jwksURL }), ...(key && { key }) }))
}

/** `alice:token,bob:token`, or tokens alone. */
function namedTokens(text: string): string[] | Record<string, string> {
  const parts = splitList(text) ?? []
  const named = parts.map((part) => /^([\w.@-]+):(.+)$/.exec(part))
  if (named.every((match) => match === null)) return parts
  if (named.some((match) => match === null))
    throw new UsageError('AUTH_TOKENS names some of its tokens and not others.')
  if (new Set(named.map((match) => match?.[1])).size < named.length)
    throw new UsageError('AUTH_TOKENS has two tokens of one name, and only the last would count.')
  return Object.fromEntries(named.map((match) => [match?.[1], match?.[2]]))
}
