import { type RedisClient, type RedisConnection, toConnection } from './redis-connection.ts'

/**
 * Spreads streams over several servers, each by itself: a stream and its announcements are at one of them. A Redis
 * Cluster would carry every announcement to all of its nodes. All replicas have to name the same servers in the same order.
 */
export function redisShards(clients: readonly RedisClient[]): RedisConnection {
  const connections = clients.map(toConnection)

  function shardOf(name: string): RedisConnection | undefined {
    const [, tag] = /\{(.+?)\}/.exec(name) ?? []
    return tag === undefined ? undefined : connections[hashOf(tag) % connections.length]
  }

  /** What is of no stream is at all of them: a message to a replica comes from where the stream is. */
  const placesOf = (channel: string): readonly RedisConnection[] => {
    const shard = shardOf(channel)
    return shard ? [shard] : connections
  }

  return {
    async sendTo(key, args) {
      const shard = shardOf(key)
      if (!shard) throw new Error('This key is of no stream.')
      return shard.sendTo(key, args)
    },
    async subscribe(channel, onMessage) {
      await Promise.all(placesOf(channel).map((connection) => connection.subscribe(channel, onMessage)))
    },
    async unsubscribe(channel) {
      await Promise.all(placesOf(channel).map((connection) => connection.unsubscribe(channel)))
    },
    async close() {
      await Promise.all(connections.map((connection) => connection.close()))
    },
  }
}

/** FNV-1a, of 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
