import { ChatError } from '../errors.ts'

/**
 * Why a fetch failed, as far as one may know: browsers tell a script the same for a dead server and for a missing CORS
 * header. A server that answers a `no-cors` probe is alive, so what failed was CORS.
 */
export async function explainFetchError(
  url: string,
  cause: unknown,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal | null = null,
): Promise<ChatError> {
  if (globalThis.navigator?.onLine === false) return new ChatError('offline', { cause })
  const isForeign = globalThis.location && new URL(url, location.href).origin !== location.origin
  const probe = isForeign ? fetch(url, { method: 'HEAD', mode: 'no-cors', signal }) : Promise.reject()
  return probe.then(
    () => new ChatError('cors', { cause }),
    () => new ChatError('network', { cause }),
  )
}
