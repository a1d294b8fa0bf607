import type { RedisConnection } from './redis-connection.ts'

/** Shares one subscription a channel among all who listen. */
export interface Channels {
  /** Listens until what it returns is called. Rejects where the subscription cannot be made now. */
  listen(channel: string, onMessage: (message: string) => void): Promise<() => void>
}

interface Subscription {
  readonly listeners: Set<(message: string) => void>
  readonly ready: Promise<void>
}

export function createChannels(connection: Promise<RedisConnection>): Channels {
  const subscriptions = new Map<string, Subscription>()

  function subscribe(channel: string): Subscription {
    const listeners = new Set<(message: string) => void>()
    const onMessage = (message: string) => {
      for (const listener of listeners) listener(message)
    }
    const ready = connection.then(({ subscribe }) => subscribe(channel, onMessage))
    const subscription = { listeners, ready }
    subscriptions.set(channel, subscription)
    ready.catch(() => {
      if (subscriptions.get(channel) === subscription) subscriptions.delete(channel)
    })
    return subscription
  }

  return {
    async listen(channel, onMessage) {
      const subscription = subscriptions.get(channel) ?? subscribe(channel)
      const { listeners, ready } = subscription
      listeners.add(onMessage)
      await ready
      return () => {
        listeners.delete(onMessage)
        if (listeners.size > 0 || subscriptions.get(channel) !== subscription) return
        subscriptions.delete(channel)
        connection.then(({ unsubscribe }) => unsubscribe(channel)).catch(() => {})
      }
    },
  }
}
