import { createRemoteJWKSet, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { type Authenticate, bearerToken, type Identity } from './identity.ts'
import { isLoopback } from './local-only.ts'

export interface JwtAuthOptions {
  /** Where the issuer publishes its keys. */
  readonly jwksURL?: string | URL
  /** In place of that a key: a secret for HS256 (at least 32 bytes), or a public key. */
  readonly key?: string | Uint8Array | CryptoKey
  readonly issuer: string
  readonly audience: string
  /** Default: those of public keys with `jwksURL` or a `CryptoKey`, HS256 with a secret. */
  readonly algorithms?: readonly string[]
  /** Which claim names the user. Default `sub`. */
  readonly userClaim?: string
  /** Who that is; nothing for somebody who may not come in. Default: everybody with a user claim. */
  readonly identify?: (claims: JWTPayload) => Identity | undefined
}

const publicKeyAlgorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']
const shortestSecretBytes = 32

/**
 * Lets in who brings a token of that issuer for that audience, signed and not expired, as `authorization: Bearer <token>`.
 * Nothing of a token is remembered: each is verified whole, each time.
 * @throws {TypeError} for options that would let anybody in, or nobody.
 */
export function jwtAuth(options: JwtAuthOptions): Authenticate {
  const { issuer, audience, userClaim = 'sub', identify } = options
  if (!issuer || !audience)
    throw new TypeError('jwtAuth needs issuer and audience: tokens for others would do as well.')
  const source = readKeySource(options)
  const algorithms = [...(options.algorithms ?? (source instanceof Uint8Array ? ['HS256'] : publicKeyAlgorithms))]
  if (algorithms.some((name) => /^none$/i.test(name))) throw new TypeError('jwtAuth takes no unsigned tokens.')
  const verification = { issuer, audience, algorithms, requiredClaims: ['exp', userClaim], clockTolerance: 5 }
  const verify = createVerify(source, verification)

  return async (request) => {
    const token = bearerToken(request)
    if (token === undefined) return undefined
    const { payload } = await verify(token)
    if (identify) return identify(payload)
    const user = payload[userClaim]
    return typeof user === 'string' && user ? { id: user } : undefined
  }
}

function createVerify(source: URL | Uint8Array | CryptoKey, verification: JWTVerifyOptions) {
  if (!(source instanceof URL)) return (token: string) => jwtVerify(token, source, verification)
  // Keeps the keys, and asks for them again where a token names one it does not know.
  const keys = createRemoteJWKSet(source)
  return (token: string) => jwtVerify(token, keys, verification)
}

/** Where the issuer publishes its keys, or the one key there is. */
function readKeySource({ jwksURL, key }: JwtAuthOptions): URL | Uint8Array | CryptoKey {
  if (jwksURL !== undefined && key === undefined) return readJwksURL(jwksURL)
  if (key === undefined || jwksURL !== undefined) throw new TypeError('jwtAuth needs one of jwksURL and key.')
  if (typeof key !== 'string' && !(key instanceof Uint8Array)) return key
  const secret = typeof key === 'string' ? new TextEncoder().encode(key) : key
  if (secret.length < shortestSecretBytes) {
    throw new TypeError(`The secret of jwtAuth is shorter than ${shortestSecretBytes} bytes, and could be guessed.`)
  }
  return secret
}

/** Whoever could answer in place of the issuer could sign for anybody. */
function readJwksURL(jwksURL: string | URL): URL {
  const url = URL.canParse(jwksURL) ? new URL(jwksURL) : undefined
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url
  throw new TypeError('jwtAuth takes the keys of an issuer from an https address alone.')
}
