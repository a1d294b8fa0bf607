import { toProxyError } from './errors.ts'
import type { OpenRequests } from './open-requests.ts'
import type { Settings } from './settings.ts'
import { askOnce } from './upstream/ask.ts'
import type { Upstream } from './upstream/upstream.ts'

/** What `GET /health` answers, with status 200 or, when down, 503. It names no address, no key and no model. */
export interface Health {
  /** `degraded`: the upstream does not answer, and a fallback does. */
  readonly status: 'ok' | 'degraded' | 'down'
  readonly upstream: UpstreamHealth
  /** Requests and streams on their way. */
  readonly streams: number
}

export interface UpstreamHealth {
  readonly ok: boolean
  /** Why not: the key was refused, nothing answered (in time), or what answered failed. */
  readonly reason?: 'key-invalid' | 'unreachable' | 'timeout' | 'failing'
  /** From asking to its headers. */
  readonly latencyMs: number
  /** Epoch milliseconds. */
  readonly checkedAt: number
}

const keptForMs = 5_000
const timeoutMs = 5_000

/** Asks the upstream for its models. One question serves everybody who asks within five seconds. */
export function createHealthCheck(settings: Settings, requests: OpenRequests): () => Promise<Health> {
  const [first, ...fallbacks] = settings.upstreams
  let current: Promise<Omit<Health, 'streams'>> | undefined
  let freshUntil = 0

  async function check(): Promise<Omit<Health, 'streams'>> {
    const upstream = await checkUpstream(first)
    const others = upstream.ok ? [] : await Promise.all(fallbacks.map(checkUpstream))
    freshUntil = Date.now() + keptForMs
    return { status: upstream.ok ? 'ok' : others.some(({ ok }) => ok) ? 'degraded' : 'down', upstream }
  }

  async function checkUpstream(upstream: Upstream | undefined): Promise<UpstreamHealth> {
    const startedAt = performance.now()
    const reason = upstream && (await findReason(upstream))
    return {
      ok: !reason,
      ...(reason && { reason }),
      latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
      checkedAt: Date.now(),
    }
  }

  async function findReason(upstream: Upstream): Promise<UpstreamHealth['reason']> {
    try {
      // Not the client's signal: others may wait for the same answer.
      return await requests.during(AbortSignal.timeout(timeoutMs), async (open) => {
        const request = { path: '/models', accept: 'application/json' } as const
        const response = await askOnce(upstream, upstream.keys.next(), request, open, settings)
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

  return async () => {
    const streams = requests.size
    if (!current || Date.now() > freshUntil) {
      // Far off until the answer is there, so that whoever asks meanwhile waits for the same one.
      freshUntil = Number.POSITIVE_INFINITY
      current = check()
    }
    return { ...(await current), streams }
  }
}

export function healthResponse(health: Health): Response {
  return statusResponse(health.status === 'down' ? 503 : 200, health)
}

/** What probes read, and no cache keeps. */
export function statusResponse(status: 200 | 503, body: unknown): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
