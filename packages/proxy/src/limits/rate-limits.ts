import {
  type IRateLimiterStoreOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { readPositive } from '../positive.ts'
import { createConcurrency, type RunsScripts } from './concurrency.ts'
import type { Consumption, LimitExceeded, LimitedRequest, Limits, Place } from './limits.ts'

export interface RateLimitOptions {
  /** Of each user, and of each address. */
  readonly requestsPerMinute?: number
  /** Of each address alone; default as `requestsPerMinute`. */
  readonly requestsPerMinuteByAddress?: number
  /** Tokens of prompts and answers, of each user. */
  readonly tokensPerMinute?: number
  /** Requests of one user at the same time. */
  readonly concurrent?: number
  /** US dollars of each user in 24 hours; for models whose price is known. */
  readonly dailyBudgetUSD?: number
  /** Counts for all replicas together: a client of `redis` (5 or later) or `ioredis`, connected. Default: in memory. */
  readonly redis?: RedisClient
  /** How many replicas share that Redis. While it is away, each lets in its share of the limits. Default 1. */
  readonly replicas?: number
  /** What keys in Redis begin with. Default `millrace`. */
  readonly prefix?: string
}

/** As much of a Redis client as is needed here. */
export type RedisClient = RunsScripts

// Costs are counted in millionths of a dollar: the counters hold whole numbers.
const microdollars = 1_000_000
const daySeconds = 86_400

/**
 * Limits by `rate-limiter-flexible`. Tokens and money are taken by estimate before a request, and settled with what was
 * really used, after one that was broken off as well.
 * @throws {TypeError} for a limit that is not a positive number.
 */
export function rateLimits(options: RateLimitOptions): Limits {
  const { requestsPerMinute, requestsPerMinuteByAddress = requestsPerMinute, tokensPerMinute, dailyBudgetUSD } = options
  const counter = (name: string, points: number | undefined, seconds: number) =>
    points === undefined ? undefined : createCounter(name, readPositive(name, points, 1), seconds, options)
  const byUser = counter('requestsPerMinute', requestsPerMinute, 60)
  const byAddress = counter('requestsPerMinuteByAddress', requestsPerMinuteByAddress, 60)
  const tokens = counter('tokensPerMinute', tokensPerMinute, 60)
  const budget = counter('dailyBudgetUSD', dailyBudgetUSD && dailyBudgetUSD * microdollars, daySeconds)
  const concurrency =
    options.concurrent === undefined
      ? undefined
      : createConcurrency(readPositive('concurrent', options.concurrent, 1), options)

  async function take(request: LimitedRequest): Promise<Place | LimitExceeded> {
    const { identity, address, costUSD } = request
    const user = `user:${identity.id}`
    const spent = Math.ceil((costUSD ?? 0) * microdollars)
    const undo: (() => Promise<unknown>)[] = []

    async function refuse(limit: LimitExceeded['limit'], retryAfterMs: number): Promise<LimitExceeded> {
      await Promise.allSettled(undo.map((give) => give()))
      return { limit, retryAfterMs }
    }

    const leave = await concurrency?.enter(user)
    if (concurrency && !leave) return { limit: 'concurrent', retryAfterMs: 1_000 }
    if (leave) undo.push(leave)
    for (const [limiter, key] of [
      [byUser, user],
      [byAddress, address && `address:${address}`],
    ] as const) {
      const waitMs = limiter && key ? await limiter.take(key, 1) : 0
      if (waitMs > 0) return refuse('requests', waitMs)
    }
    const tokenWaitMs = (await tokens?.take(user, request.tokens)) ?? 0
    if (tokenWaitMs > 0) return refuse('tokens', tokenWaitMs)
    undo.push(async () => tokens?.correct(user, -request.tokens))
    const budgetWaitMs = (await budget?.take(user, spent)) ?? 0
    if (budgetWaitMs > 0) return refuse('budget', budgetWaitMs)

    async function settle(used: Consumption): Promise<void> {
      await Promise.allSettled([
        leave?.(),
        tokens?.correct(user, used.tokens - request.tokens),
        budget?.correct(user, Math.ceil((used.costUSD ?? costUSD ?? 0) * microdollars) - spent),
      ])
    }
    return { settle }
  }

  return { take }
}

interface Counter {
  /** Counts; returns how long to wait where that is too much, and counts nothing then. */
  take(key: string, points: number): Promise<number>
  correct(key: string, points: number): Promise<void>
}

function createCounter(name: string, points: number, duration: number, options: RateLimitOptions): Counter {
  const { redis, replicas = 1, prefix = 'millrace' } = options
  const common = { keyPrefix: `${prefix}:${name}`, duration }
  const share = new RateLimiterMemory({ ...common, points: Math.max(1, Math.floor(points / replicas)) })
  const limiter: RateLimiterAbstract = redis
    ? new RateLimiterRedis({
        ...common,
        points,
        storeClient: redis as IRateLimiterStoreOptions['storeClient'],
        // It does not see by itself what a client of `redis` looks like; one of `ioredis` has no such method.
        useRedisPackage: 'sendCommand' in redis && 'isReady' in redis,
        rejectIfRedisNotReady: true,
        insuranceLimiter: share,
      })
    : new RateLimiterMemory({ ...common, points })

  async function correct(key: string, by: number): Promise<void> {
    if (by > 0) await limiter.penalty(key, by)
    if (by < 0) await limiter.reward(key, -by)
  }

  return {
    async take(key, wanted) {
      // One that needs more than there ever is may still use all of it, where nothing was used yet.
      const cost = Math.min(Math.ceil(wanted), points)
      try {
        await limiter.consume(key, cost)
        return 0
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        // It was counted all the same.
        await correct(key, -cost)
        return Math.max(1, refusal.msBeforeNext)
      }
    },
    correct,
  }
}
