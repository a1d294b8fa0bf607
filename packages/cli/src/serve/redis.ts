import type { RedisClient } from '@millrace/proxy/limits'
import { UsageError } from '../usage-error.ts'

/** A connection of its own for counting. It comes up by itself, and comes back; an open one keeps the process alive. */
export interface LimitsConnection {
  readonly client: RedisClient
  close(): void
}

/** @throws {UsageError} where the package `redis` is not installed, and for an address that is none. */
export async function connectForLimits(url: string): Promise<LimitsConnection> {
  const { createClient } = await import('redis').catch(() => {
    throw new UsageError('REDIS_URL needs the package `redis`: npm install redis')
  })
  // What is wrong with the address may be said with the password in it.
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError('REDIS_URL is no address of a Redis. It looks like redis://user:password@host:6379')
  }
  const client = createClient({ url, disableOfflineQueue: true })
  // While it is away each replica counts its share.
  client.on('error', () => {})
  client.connect().catch(() => {})

  function close(): void {
    // One that is still connecting has nothing to close yet, and would keep the process alive with what it gets.
    client.on('connect', () => client.destroy())
    client.destroy()
  }
  return { client, close }
}
