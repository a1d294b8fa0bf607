import type { Message } from '@millrace/core'
import type { ChatStore } from './chat.ts'

/** Tells each message's readers of that message only: in a long thread, one grows and the others are not even asked. */
export interface MessageIndex {
  get(id: string): Message | undefined
  subscribe(id: string, listener: () => void): () => void
  /** The ids of the active path; the same array as long as they are the same. */
  ids(): readonly string[]
  subscribeIds(listener: () => void): () => void
}

export function createMessageIndex(store: Pick<ChatStore, 'getState' | 'subscribe'>): MessageIndex {
  const listenersById = new Map<string, Set<() => void>>()
  const idListeners = new Set<() => void>()
  let messages: readonly Message[] = []
  let byId = new Map<string, Message>()
  let ids: readonly string[] = []
  let unsubscribe: (() => void) | undefined
  let listening = 0

  /** Takes over the store's messages. @returns the ids of those that changed. */
  function update(): { changed: readonly string[]; idsChanged: boolean } {
    const before = messages
    const previous = byId
    messages = store.getState().messages
    if (messages === before) return { changed: [], idsChanged: false }
    const idsChanged = messages.length !== before.length || messages.some(({ id }, index) => id !== ids[index])
    if (!idsChanged) {
      const changed = messages.filter((message, index) => message !== before[index])
      for (const message of changed) byId.set(message.id, message)
      return { changed: changed.map(({ id }) => id), idsChanged }
    }
    ids = messages.map(({ id }) => id)
    byId = new Map(messages.map((message) => [message.id, message]))
    const changed = [...new Set([...previous.keys(), ...ids])].filter((id) => previous.get(id) !== byId.get(id))
    return { changed, idsChanged }
  }

  function onChange(): void {
    const { changed, idsChanged } = update()
    for (const id of changed) for (const listener of listenersById.get(id) ?? []) listener()
    if (idsChanged) for (const listener of idListeners) listener()
  }

  /** The store is listened to only while somebody listens here. */
  function listen(): void {
    update()
    listening++
    unsubscribe ??= store.subscribe(onChange)
  }

  function leave(): void {
    listening--
    if (listening > 0) return
    unsubscribe?.()
    unsubscribe = undefined
  }

  return {
    get(id) {
      if (!unsubscribe) update()
      return byId.get(id)
    },
    ids() {
      if (!unsubscribe) update()
      return ids
    },
    subscribe(id, listener) {
      const listeners = listenersById.get(id) ?? new Set()
      listenersById.set(id, listeners.add(listener))
      listen()
      return () => {
        if (!listeners.delete(listener)) return
        if (listeners.size === 0 && listenersById.get(id) === listeners) listenersById.delete(id)
        leave()
      }
    },
    subscribeIds(listener) {
      idListeners.add(listener)
      listen()
      return () => {
        if (idListeners.delete(listener)) leave()
      }
    },
  }
}
