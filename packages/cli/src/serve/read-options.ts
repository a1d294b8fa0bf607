import { readFileSync } from 'node:fs'
import {
  type Authenticate,
  type CorsOptions,
  memoryLog,
  type ProxyOptions,
  type RequestPolicy,
  type TokenPrice,
  type UpstreamOptions,
} from '@millrace/proxy'
import { type RateLimitOptions, type RedisClient, rateLimits } from '@millrace/proxy/limits'
import { redisLog } from '@millrace/proxy/redis'
import { isThisMachine, type Target } from '../target.ts'
import { orUsageError, UsageError } from '../usage-error.ts'
import { splitList, type Variables } from './variables.ts'

export interface ServeSituation {
  readonly target: Target
  readonly authenticate: Authenticate | undefined
  readonly isInsecure: boolean
  /** Where limits are counted; nothing for in memory. */
  readonly redis: RedisClient | undefined
}

/** What the environment says of the proxy, but who may ask. */
export function readProxyOptions(
  variables: Variables,
  { target, authenticate, isInsecure, redis }: ServeSituation,
): Omit<ProxyOptions, 'fetch' | 'observe'> {
  const upstream = readUpstream(variables, target)
  const fallbacks = readFallbacks(variables)
  if (!isInsecure && [upstream, ...fallbacks].some(sendsKeyInTheClear)) {
    throw new UsageError('The key would go to the upstream unencrypted. Use https, or say --insecure.')
  }
  const prices = readPrices(variables, target)
  const cors = readCors(variables, authenticate)
  const models = variables.list('MODELS_ALLOW')
  const defaultModel = variables.text('MODEL_DEFAULT')
  const limits = readLimits(variables, prices, models, redis)
  return {
    upstream,
    fallbacks,
    ...defined({
      retries: variables.number('RETRIES'),
      proxiesInFront: variables.number('TRUST_PROXY'),
      maxBodyBytes: variables.number('MAX_BODY_BYTES'),
      heartbeatMs: variables.number('HEARTBEAT_MS'),
      detachGraceMs: readGrace(variables),
      authenticate,
      cors,
      limits,
      models,
      defaultModel,
    }),
    prices,
    policy: readPolicy(variables),
    timeouts: defined({
      bodyMs: variables.number('TIMEOUT_BODY_MS'),
      connectMs: variables.number('TIMEOUT_CONNECT_MS'),
      firstMs: variables.number('TIMEOUT_FIRST_MS'),
      idleMs: variables.number('TIMEOUT_IDLE_MS'),
      totalMs: variables.number('TIMEOUT_TOTAL_MS'),
    }),
    metrics: variables.flag('METRICS'),
    // Last, for it connects: what was wrong before has been said by then.
    log: readLog(variables),
  }
}

/** Whom the target names; where its key is the first of several, with all of them. */
function readUpstream(variables: Variables, { baseURL, apiKey }: Target): UpstreamOptions {
  const keys = splitList(variables.secret('UPSTREAM_API_KEY'))
  return { baseURL, apiKey: keys?.[0] === apiKey ? keys : apiKey }
}

function sendsKeyInTheClear({ baseURL, apiKey }: UpstreamOptions): boolean {
  return Boolean(apiKey) && URL.canParse(baseURL) && new URL(baseURL).protocol === 'http:' && !isThisMachine(baseURL)
}

/** `[{ "baseURL": "…", "apiKey": "…", "modelNames": { … } }]` */
function readFallbacks(variables: Variables): UpstreamOptions[] {
  const fallbacks = variables.json('UPSTREAM_FALLBACKS') ?? []
  const isUpstream = (value: unknown): value is UpstreamOptions =>
    typeof value === 'object' && value !== null && 'baseURL' in value && typeof value.baseURL === 'string'
  if (Array.isArray(fallbacks) && fallbacks.every(isUpstream)) return fallbacks
  throw new UsageError('UPSTREAM_FALLBACKS must be a list of { "baseURL", "apiKey" }.')
}

function readCors(variables: Variables, authenticate: Authenticate | undefined): CorsOptions | undefined {
  const origins = variables.list('CORS_ORIGINS')
  if (origins?.includes('*') && !authenticate) {
    throw new UsageError('With CORS_ORIGINS=* and nobody asked who they are, any page could spend the key.')
  }
  return origins && { origins }
}

function readPolicy(variables: Variables): RequestPolicy {
  const systemPrompt = variables.secret('SYSTEM_PROMPT')
  const allowFields = variables.list('ALLOW_FIELDS')
  const maxTokens = variables.number('MAX_TOKENS')
  const unknownFields = variables.oneOf('UNKNOWN_FIELDS', ['pass', 'drop', 'reject'])
  return defined({ systemPrompt, allowFields, maxTokens, unknownFields })
}

/** `PRICES_FILE` has `{ "<model>": { "input": 2, "output": 8 } }`; else what is known of the provider. */
function readPrices(variables: Variables, { provider }: Target) {
  const path = variables.text('PRICES_FILE')
  const prices: Record<string, TokenPrice> = {}
  for (const { id, price } of provider.models ?? []) if (price) prices[id] = price
  if (path === undefined) return prices
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof read === 'object' && read !== null) return { ...prices, ...read }
  } catch {
    // Said below.
  }
  throw new UsageError(
    'PRICES_FILE cannot be read as { "<model>": { "input": 2, "output": 8 } }, in dollars a million.',
  )
}

function readLimits(
  variables: Variables,
  prices: Readonly<Record<string, TokenPrice>>,
  models: readonly string[] | undefined,
  redis: RedisClient | undefined,
) {
  const limits: RateLimitOptions = defined({
    requestsPerMinute: variables.number('RATE_RPM'),
    requestsPerMinuteByAddress: variables.number('RATE_RPM_ADDRESS'),
    tokensPerMinute: variables.number('RATE_TPM'),
    concurrent: variables.number('MAX_CONCURRENT'),
    dailyBudgetUSD: variables.number('BUDGET_USD_DAY'),
  })
  if (Object.keys(limits).length === 0) return undefined
  if (limits.dailyBudgetUSD !== undefined && Object.keys(prices).length === 0) {
    throw new UsageError('BUDGET_USD_DAY has no prices to count by: name them in PRICES_FILE.')
  }
  if (limits.dailyBudgetUSD !== undefined && !models?.every((model) => Object.hasOwn(prices, model))) {
    throw new UsageError(
      'BUDGET_USD_DAY counts models whose price is known, and others could be asked for: name those in MODELS_ALLOW.',
    )
  }
  return orUsageError(() =>
    rateLimits({ ...limits, replicas: variables.number('REPLICAS') ?? 1, ...(redis && { redis }) }),
  )
}

function readLog(variables: Variables): ProxyOptions['log'] {
  const keep = defined({ keepMs: variables.number('STREAM_TTL_MS'), maxBytes: variables.number('STREAM_MAX_BYTES') })
  const url = variables.secret('REDIS_URL')
  return url ? redisLog({ ...keep, url }) : memoryLog(keep)
}

function readGrace(variables: Variables): number | undefined {
  return variables.oneOf('ON_DISCONNECT', ['detach', 'abort']) === 'abort' ? 0 : variables.number('DETACH_GRACE_MS')
}

/** Without what is not set. */
function defined<Value extends object>(values: Value): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Value]?: Exclude<Value[Name], undefined>
  }
}
