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
import { networkOf } from './network-of.ts'

export interface RateLimitOptions {
  /** Of each user, and of each address, which with IPv6 is a network of /64. */
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
    const cost = (usd: number | undefined) => Math.ceil((usd ?? 0) * microdollars)
    const undo: (() => Promise<unknown>)[] = []

    async function refuse(limit: LimitExceeded['limit'], retryAfterMs: number): Promise<LimitExceeded> {
      await Promise.allSettled(undo.map((giveBack) => giveBack()))
      return { limit, retryAfterMs }
    }

    const leave = await concurrency?.enter(user)
    if (concurrency && !leave) return { limit: 'concurrent', retryAfterMs: 1_000 }
    if (leave) undo.push(leave)
    for (const [limiter, key] of [
      [byUser, user],
      [byAddress, address && `address:${networkOf(address)}`],
    ] as const) {
      const asked = limiter && key ? await limiter.take(key, 1) : undefined
      if (asked?.waitMs) return refuse('requests', asked.waitMs)
      if (asked) undo.push(() => asked.settle(0))
    }
    const takenTokens = await tokens?.take(user, request.tokens)
    if (takenTokens?.waitMs) return refuse('tokens', takenTokens.waitMs)
    if (takenTokens) undo.push(() => takenTokens.settle(0))
    const takenMoney = await budget?.take(user, cost(costUSD))
    if (takenMoney?.waitMs) return refuse('budget', takenMoney.waitMs)

    async function settle(used: Consumption): Promise<void> {
      const spent = cost(used.costUSD ?? costUSD)
      await Promise.allSettled([leave?.(), takenTokens?.settle(used.tokens), takenMoney?.settle(spent)])
    }
    return { settle }
  }

  return { take }
}

interface Taken {
  /** How long to wait where it was too much, and nothing was counted; 0 where it was not. */
  readonly waitMs: number
  /** Counts what was used in place of what was taken. */
  settle(used: number): Promise<void>
}

interface Counter {
  take(key: string, points: number): Promise<Taken>
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
        const { msBeforeNext } = await limiter.consume(key, cost)
        const until = Date.now() + msBeforeNext
        return {
          waitMs: 0,
          async settle(used) {
            // What was taken in a minute that is over cannot be given back to another one.
            if (used > cost || Date.now() < until) await correct(key, Math.ceil(used) - cost)
          },
        }
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        // It was counted all the same.
        await correct(key, -cost)
        return { waitMs: Math.max(1, refusal.msBeforeNext), settle: async () => {} }
      }
    },
  }
}
