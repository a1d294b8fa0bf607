/** A Redis client that can run a script: of `redis`, or of `ioredis`. */
export interface RunsScripts {
  eval(...args: never[]): Promise<unknown>
}

export interface Concurrency {
  /** Returns how to leave; nothing where there is no place. */
  enter(key: string): Promise<(() => Promise<void>) | undefined>
}

// Longer than any reply may take: the place of a replica that crashed is free again after it.
const leaseMs = 1_800_000

const enterScript = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], ms + tonumber(ARGV[2]), ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`
const leaveScript = `return redis.call('ZREM', KEYS[1], ARGV[1])`

export interface ConcurrencyOptions {
  readonly redis?: RunsScripts
  readonly replicas?: number
  readonly prefix?: string
}

/** So many at the same time for each key; in Redis for all replicas together. */
export function createConcurrency(most: number, options: ConcurrencyOptions): Concurrency {
  const { redis, replicas = 1, prefix = 'millrace' } = options
  const inMemory = createMemoryConcurrency(redis ? Math.max(1, Math.floor(most / replicas)) : most)
  if (!redis) return inMemory
  return {
    async enter(key) {
      const place = crypto.randomUUID()
      const name = `${prefix}:concurrent:${key}`
      try {
        const isIn = await runScript(redis, enterScript, name, [`${most}`, `${leaseMs}`, place])
        if (Number(isIn) !== 1) return undefined
      } catch {
        // Redis is away: this replica lets in its share.
        return inMemory.enter(key)
      }
      return async () => {
        // Where Redis cannot be told, the lease ends by itself.
        await runScript(redis, leaveScript, name, [place]).catch(() => {})
      }
    },
  }
}

function createMemoryConcurrency(most: number): Concurrency {
  const counts = new Map<string, number>()
  return {
    async enter(key) {
      const count = counts.get(key) ?? 0
      if (count >= most) return undefined
      counts.set(key, count + 1)
      return async () => {
        const left = (counts.get(key) ?? 1) - 1
        if (left > 0) counts.set(key, left)
        else counts.delete(key)
      }
    },
  }
}

function runScript(redis: RunsScripts, script: string, key: string, args: readonly string[]): Promise<unknown> {
  // The two packages take the same thing differently.
  const evaluate = redis.eval.bind(redis) as (...args: unknown[]) => Promise<unknown>
  return 'isReady' in redis
    ? evaluate(script, { keys: [key], arguments: [...args] })
    : evaluate(script, 1, key, ...args)
}
