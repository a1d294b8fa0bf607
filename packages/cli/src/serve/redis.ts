import type { RedisClient } from '@millrace/proxy/limits'
import { UsageError } from '../usage-error.ts'

/** A connection of its own for counting. It comes up by itself, and comes back; an open one keeps the process alive. */
export interface LimitsConnection {
  readonly client: RedisClient
  close(): void
}

/** @throws {UsageError} where the package `redis` is not installed. */
export async function connectForLimits(url: string): Promise<LimitsConnection> {
  const { createClient } = await import('redis').catch(() => {
    throw new UsageError('REDIS_URL needs the package `redis`: npm install redis')
  })
  const client = createClient({ url, disableOfflineQueue: true })
  // While it is away each replica counts its share.
  client.on('error', () => {})
  client.connect().catch(() => {})
  return { client, close: () => client.destroy() }
}
