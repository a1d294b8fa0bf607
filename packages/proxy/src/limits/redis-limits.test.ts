import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasRedis, type RedisServer, startRedis, withRedis } from '../test-support/servers/redis-server.ts'
import type { LimitExceeded, LimitedRequest, Place } from './limits.ts'
import { type RateLimitOptions, type RedisClient, rateLimits } from './rate-limits.ts'

const request: LimitedRequest = { identity: { id: 'alice' }, address: undefined, tokens: 10, costUSD: 0.01 }
const isPlace = (taken: Place | LimitExceeded): taken is Place => 'settle' in taken

interface Connected {
  readonly client: RedisClient
  close(): void
}

async function byRedis(url: string): Promise<Connected> {
  const client = createClient({ url, disableOfflineQueue: true })
  client.on('error', () => {})
  await client.connect()
  return { client, close: () => client.destroy() }
}

async function byIoRedis(url: string): Promise<Connected> {
  const client = new Redis(url, { enableOfflineQueue: false, lazyConnect: true, maxRetriesPerRequest: 0 })
  client.on('error', () => {})
  await client.connect()
  return { client, close: () => client.disconnect() }
}

describe.runIf(hasRedis).each([
  ['redis', byRedis],
  ['ioredis', byIoRedis],
])(`limits of two replicas, ${withRedis}, by %s`, (_name, connect) => {
  let server: RedisServer
  let replicas: Connected[]

  beforeAll(async () => {
    server = await startRedis()
    replicas = await Promise.all([connect(server.url), connect(server.url)])
  })
  beforeEach(() => server.tell('FLUSHALL'))
  afterAll(async () => {
    for (const { close } of replicas) close()
    await server.close()
  })

  const limitsOf = (options: RateLimitOptions) =>
    replicas.map(({ client }) => rateLimits({ ...options, redis: client, replicas: 2 }))

  /** How many of two hundred at once were let in. */
  async function race(options: RateLimitOptions): Promise<number> {
    const limits = limitsOf(options)
    const taken = await Promise.all(Array.from({ length: 200 }, (_, index) => limits[index % 2]?.take(request)))
    return taken.filter((one) => one && isPlace(one)).length
  }

  it('let in exactly so many requests', async () => {
    expect(await race({ requestsPerMinute: 10 })).toBe(10)
  })

  it('let in exactly so many at the same time, and the next when one has left', async () => {
    const [first, second] = limitsOf({ concurrent: 3 })
    const taken = await Promise.all(
      Array.from({ length: 200 }, (_, index) => (index % 2 ? first : second)?.take(request)),
    )
    const places = taken.filter((one) => one !== undefined).filter(isPlace)
    expect(places).toHaveLength(3)
    await places[0]?.settle({ tokens: 0, costUSD: 0 })
    expect(isPlace((await second?.take(request)) as Place)).toBe(true)
  })

  it('settle what another one counts by', async () => {
    const [first, second] = limitsOf({ tokensPerMinute: 100 })
    const place = (await first?.take({ ...request, tokens: 100 })) as Place
    expect(await second?.take(request)).toMatchObject({ limit: 'tokens' })
    await place.settle({ tokens: 20, costUSD: 0 })
    expect(isPlace((await second?.take({ ...request, tokens: 80 })) as Place)).toBe(true)
  })

  it('count their share each while Redis is away', async () => {
    await server.crash()
    expect(await race({ requestsPerMinute: 10 })).toBe(10)
    expect(await race({ concurrent: 4 })).toBe(4)
  })
})
