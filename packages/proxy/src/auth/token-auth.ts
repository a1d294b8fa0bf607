import { type Authenticate, bearerToken } from './identity.ts'

const shortestToken = 16

/**
 * Lets in who brings one of these tokens, as `authorization: Bearer <token>`.
 * @param tokens By the name of their user; a list names users by a part of the token's hash.
 * @throws {TypeError} for a token that could be guessed (under 16 characters), or that no header can hold.
 */
export function tokenAuth(tokens: readonly string[] | Readonly<Record<string, string>>): Authenticate {
  const named = Array.isArray(tokens) ? tokens.map((token) => [undefined, token] as const) : Object.entries(tokens)
  if (named.length === 0) throw new TypeError('tokenAuth needs a token: without one nobody could come in.')
  for (const [, token] of named) {
    if (!token) throw new TypeError('A token is empty. Is the variable set that should hold it?')
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new TypeError('A token holds a space or a character that no header can hold.')
    if (token.length < shortestToken) throw new TypeError(`A token is shorter than ${shortestToken} characters.`)
  }
  let known: Promise<{ id: string; hash: Uint8Array }[]> | undefined

  async function hashKnown() {
    return Promise.all(
      named.map(async ([name, token]) => {
        const hash = await sha256(token)
        return { id: name ?? `token-${toHex(hash.subarray(0, 6))}`, hash }
      }),
    )
  }

  return async (request) => {
    known ??= hashKnown()
    const token = bearerToken(request)
    if (token === undefined) return undefined
    const hash = await sha256(token)
    let id: string | undefined
    // All of them are compared, and each to its end: how long it takes tells nothing of how right a guess is.
    for (const candidate of await known) if (isEqual(candidate.hash, hash)) id = candidate.id
    return id === undefined ? undefined : { id }
  }
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

function isEqual(first: Uint8Array, second: Uint8Array): boolean {
  let difference = 0
  for (let at = 0; at < 32; at++) difference |= (first[at] ?? 0) ^ (second[at] ?? 0)
  return difference === 0
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
