/** All that the log needs of Redis or Valkey. Any client can be dressed up as one. */
export interface RedisConnection {
  /**
   * Sends one command.
   * @param key The key it is about, for a cluster to know where to.
   */
  sendTo(key: string, args: readonly string[]): Promise<unknown>
  /** Called once a channel, until `unsubscribe`. Subscriptions outlive a lost connection. */
  subscribe(channel: string, onMessage: (message: string) => void): Promise<void>
  unsubscribe(channel: string): Promise<void>
  /** Closes what was opened for the log, not the client that was given. */
  close(): Promise<void>
}

/** A client of the package `redis`. It may be connected or not. */
export interface NodeRedisClient {
  readonly isOpen: boolean
  connect(): Promise<unknown>
  duplicate(overrides?: { disableOfflineQueue?: boolean }): NodeRedisClient
  sendCommand(args: string[]): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  unsubscribe(channel: string): Promise<unknown>
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'connect', listener: () => void): unknown
  destroy(): void
}

/** A client of the package `ioredis` or `iovalkey`. */
export interface IoRedisClient {
  call(command: string, ...args: string[]): Promise<unknown>
  duplicate(): IoRedisClient
  subscribe(channel: string): Promise<unknown>
  unsubscribe(channel: string): Promise<unknown>
  on(event: 'message', listener: (channel: string, message: string) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  disconnect(): void
}

export type RedisClient = NodeRedisClient | IoRedisClient | RedisConnection

export function toConnection(client: RedisClient): RedisConnection {
  if ('sendTo' in client) return client
  return 'call' in client ? ioRedisConnection(client) : nodeRedisConnection(client)
}

/** @throws {Error} where the package `redis` is not installed. */
export async function connectTo(url: string): Promise<RedisConnection> {
  const { createClient } = await import('redis')
  const client = createClient({
    url,
    // What cannot be said now is kept by the log, which knows how long it is worth saying.
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1_000) },
    // Sees a server that vanished without a word.
    pingInterval: 5_000,
  }) as unknown as NodeRedisClient // The package's own type speaks of every module and version of the protocol.
  const connection = nodeRedisConnection(client)
  return { ...connection, close: () => connection.close().then(() => destroy(client)) }
}

function nodeRedisConnection(client: NodeRedisClient): RedisConnection {
  // A connection that has subscriptions can say nothing else.
  const subscriber = client.duplicate({ disableOfflineQueue: true })
  const [isConnected, isSubscriberConnected] = [client, subscriber].map((each) => {
    // Without a listener an error ends the process. It comes back as the failure of a command.
    each.on('error', () => {})
    // Tries until it is there; who was connected once refuses commands by itself.
    const connected = each.isOpen ? Promise.resolve() : each.connect()
    connected.catch(() => {})
    return connected
  })
  return {
    async sendTo(_key, args) {
      await isConnected
      return client.sendCommand([...args])
    },
    async subscribe(channel, onMessage) {
      await isSubscriberConnected
      await subscriber.subscribe(channel, onMessage)
    },
    unsubscribe: async (channel) => void (await subscriber.unsubscribe(channel)),
    close: async () => destroy(subscriber),
  }
}

/** Also one that is still connecting: it has nothing to close yet, and would keep the process alive with what it gets. */
function destroy(client: NodeRedisClient): void {
  client.on('connect', () => client.destroy())
  client.destroy()
}

function ioRedisConnection(client: IoRedisClient): RedisConnection {
  const subscriber = client.duplicate()
  const listeners = new Map<string, (message: string) => void>()
  for (const each of [client, subscriber]) each.on('error', () => {})
  subscriber.on('message', (channel, message) => listeners.get(channel)?.(message))
  return {
    sendTo: (_key, [name = '', ...args]) => client.call(name, ...args),
    async subscribe(channel, onMessage) {
      listeners.set(channel, onMessage)
      await subscriber.subscribe(channel)
    },
    async unsubscribe(channel) {
      listeners.delete(channel)
      await subscriber.unsubscribe(channel)
    },
    close: async () => subscriber.disconnect(),
  }
}
