// One replica in a process of its own, so that a test can kill it.
import { createServer } from 'node:http'
import { openToAll } from '../../auth/identity.ts'
import { connectTo, type RedisConnection } from '../../log/redis/redis-connection.ts'
import { redisLog } from '../../log/redis/redis-log.ts'
import { toNodeHandler } from '../../node-handler.ts'
import { createProxy } from '../../proxy.ts'
import type { ReplicaOptions } from './replica.ts'

const {
  upstream,
  redis,
  lostPart = 0,
  port = 0,
  leaseMs,
  ...options
}: ReplicaOptions = JSON.parse(process.env.REPLICA ?? '{}')
const log = redis ? redisLog({ client: lossy(connectTo(redis)), ...(leaseMs && { leaseMs }) }) : undefined
const proxy = createProxy({
  upstream: { baseURL: upstream, apiKey: 'sk-test-0123456789' },
  authenticate: openToAll(),
  cors: { origins: ['*'] },
  ...(log && { log }),
  ...options,
})
const server = createServer(toNodeHandler(proxy))
server.listen({ port, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('SIGTERM', async () => {
  server.close()
  await proxy.drain(0)
  process.exit(0)
})
// Nobody is left who could stop it.
process.on('disconnect', () => process.exit(1))

/** Loses a part of what is announced. */
function lossy(connected: Promise<RedisConnection>): RedisConnection {
  return {
    sendTo: async (key, args) => (await connected).sendTo(key, args),
    subscribe: async (channel, onMessage) =>
      (await connected).subscribe(channel, (message) => {
        if (Math.random() >= lostPart) onMessage(message)
      }),
    unsubscribe: async (channel) => (await connected).unsubscribe(channel),
    close: async () => (await connected).close(),
  }
}
