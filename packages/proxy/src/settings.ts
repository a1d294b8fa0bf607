import type { ProxyOptions, TokenPrice } from './options.ts'
import { type Policy, readPolicy } from './policy/policy.ts'
import { forTimer, readCount, readPositive } from './positive.ts'
import { readUpstream, type Upstream } from './upstream/upstream.ts'

/** The options, checked, with every default in place. */
export interface Settings
  extends Pick<ProxyOptions, 'onRequest' | 'onEvent' | 'limits' | 'defaultModel' | 'log'>,
    Required<Pick<ProxyOptions, 'fetch' | 'requireFinishReason' | 'includeUsage' | 'metrics' | 'observe'>> {
  /** In the order in which they are asked. Never empty. */
  readonly upstreams: readonly Upstream[]
  readonly retries: number
  /** What must never reach a client. */
  readonly secrets: readonly string[]
  readonly policy: Policy
  readonly maxBodyBytes: number
  readonly bodyMs: number
  readonly connectMs: number
  readonly firstMs: number
  readonly idleMs: number
  readonly totalMs: number
  readonly heartbeatMs: number
  readonly detachGraceMs: number
  readonly headersAfterMs: number
  readonly models: ReadonlySet<string> | undefined
  readonly prices: ReadonlyMap<string, TokenPrice>
}

/** @throws {TypeError} for options that could never work. It names the option and never its value. */
export function readSettings(options: ProxyOptions): Settings {
  const { upstream, fallbacks = [], fetch, timeouts = {}, models, prices = {} } = options
  const upstreams = [
    readUpstream('upstream', upstream, 'upstream'),
    ...fallbacks.map((fallback, index) => readUpstream(`fallbacks[${index}]`, fallback, `fallback-${index + 1}`)),
  ]
  return {
    upstreams,
    retries: readCount('retries', options.retries, 1),
    secrets: upstreams.flatMap(({ secrets }) => secrets),
    // Looked up at each call, so that a fetch replaced later (by a tracer, by a test) is the one used.
    fetch: fetch ?? ((...args) => globalThis.fetch(...args)),
    policy: readPolicy(options.policy),
    maxBodyBytes: readPositive('maxBodyBytes', options.maxBodyBytes, 10 * 1024 * 1024),
    bodyMs: forTimer(readPositive('timeouts.bodyMs', timeouts.bodyMs, 30_000)),
    connectMs: forTimer(readPositive('timeouts.connectMs', timeouts.connectMs, 120_000)),
    firstMs: forTimer(readPositive('timeouts.firstMs', timeouts.firstMs, 120_000)),
    idleMs: forTimer(readPositive('timeouts.idleMs', timeouts.idleMs, 120_000)),
    totalMs: forTimer(readPositive('timeouts.totalMs', timeouts.totalMs, 900_000)),
    heartbeatMs: forTimer(readPositive('heartbeatMs', options.heartbeatMs, 15_000)),
    detachGraceMs: forTimer(readCount('detachGraceMs', options.detachGraceMs, 60_000)),
    headersAfterMs: forTimer(readCount('headersAfterMs', options.headersAfterMs, 500)),
    models: models && new Set(models),
    prices: new Map(Object.entries(prices)),
    requireFinishReason: options.requireFinishReason ?? true,
    includeUsage: options.includeUsage ?? true,
    metrics: options.metrics ?? false,
    observe: options.observe ?? [],
    limits: options.limits,
    defaultModel: options.defaultModel,
    onRequest: options.onRequest,
    onEvent: options.onEvent,
    log: options.log,
  }
}
