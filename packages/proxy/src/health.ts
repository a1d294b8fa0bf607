import { toProxyError } from './errors.ts'
import type { OpenRequests } from './open-requests.ts'
import type { AskUpstream } from './upstream.ts'

/** What `GET /health` answers, with status 200 or 503. It names no address, no key and no model. */
export interface Health {
  readonly status: 'ok' | 'down'
  readonly upstream: {
    readonly ok: boolean
    /** Why not: the key was refused, nothing answered (in time), or what answered failed. */
    readonly reason?: 'key-invalid' | 'unreachable' | 'timeout' | 'failing'
    /** From asking to its headers. */
    readonly latencyMs: number
    /** Epoch milliseconds. */
    readonly checkedAt: number
  }
}

const keptForMs = 5_000
const timeoutMs = 5_000

/** Asks the upstream for its models. One question serves everybody who asks within five seconds. */
export function createHealthCheck(askUpstream: AskUpstream, requests: OpenRequests): () => Promise<Health> {
  let current: Promise<Health> | undefined
  let freshUntil = 0

  async function check(): Promise<Health> {
    const startedAt = performance.now()
    const reason = await findReason()
    const upstream = {
      ok: !reason,
      ...(reason && { reason }),
      latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
      checkedAt: Date.now(),
    }
    freshUntil = upstream.checkedAt + keptForMs
    return { status: reason ? 'down' : 'ok', upstream }
  }

  async function findReason(): Promise<Health['upstream']['reason']> {
    try {
      // Not the client's signal: others may wait for the same answer.
      return await requests.during(AbortSignal.timeout(timeoutMs), async (open) => {
        const response = await askUpstream({ path: '/models', accept: 'application/json' }, open)
        await response.body?.cancel()
        if (response.status === 401 || response.status === 403) return 'key-invalid'
        // Any other refusal is still an answer: not every server lists its models.
        return response.status >= 500 ? 'failing' : undefined
      })
    } catch (error) {
      const { code } = toProxyError(error)
      return code === 'network' ? 'unreachable' : code === 'server-error' ? 'failing' : 'timeout'
    }
  }

  return () => {
    if (!current || Date.now() > freshUntil) {
      // Far off until the answer is there, so that whoever asks meanwhile waits for the same one.
      freshUntil = Number.POSITIVE_INFINITY
      current = check()
    }
    return current
  }
}

export function healthResponse(health: Health): Response {
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
