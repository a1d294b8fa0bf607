import { allMessages, type Message } from '@millrace/core'
import type { ChatStore } from './chat.ts'
import type { ChatState } from './chat-state.ts'

/** Tells each message's readers of that message only: in a long thread, one grows and the others are not even asked. */
export interface MessageIndex {
  /** A message of any branch, shown or not. */
  get(id: string): Message | undefined
  subscribe(id: string, listener: () => void): () => void
  /** The ids of the active path; the same array as long as they are the same. */
  ids(): readonly string[]
  /** The ids of a message and of those in its place, oldest first; undefined for one that stands alone. */
  siblings(id: string): readonly string[] | undefined
  /** Tells of messages that come, go or are shown instead, on whatever branch; not of one that grows. */
  subscribeIds(listener: () => void): () => void
}

interface Change {
  /** Of the messages that changed. */
  readonly ids: readonly string[]
  readonly isOfIds: boolean
}

/** Makes an index of a chat. It listens to the store as long as somebody listens here. */
export function createMessageIndex(store: Pick<ChatStore, 'getState' | 'subscribe'>): MessageIndex {
  const listenersById = new Map<string, Set<() => void>>()
  const idListeners = new Set<() => void>()
  let seen: ChatState | undefined
  let byId = new Map<string, Message>()
  let ids: readonly string[] = []
  let siblingsById = new Map<string, readonly string[]>()
  let unsubscribe: (() => void) | undefined
  let listening = 0

  /** Takes over the store's messages. */
  function update(previous?: ChatState): Change {
    const before = seen
    const state = store.getState()
    seen = state
    if (before?.messages === state.messages && before.forks === state.forks) return { ids: [], isOfIds: false }
    const grown = before && before === previous ? grownMessages(before, state) : undefined
    if (!grown) return rebuild(state)
    for (const message of grown) byId.set(message.id, message)
    return { ids: grown.map(({ id }) => id), isOfIds: false }
  }

  function rebuild(state: ChatState): Change {
    const previous = byId
    const shown = state.messages.map(({ id }) => id)
    const forks = [...state.forks.values()]
    const siblings = new Map(forks.flatMap((fork) => fork.ids.map((id) => [id, fork.ids])))
    const isOfIds = !areSame([...shown, ...siblings.values()], [...ids, ...siblingsById.values()])
    byId = new Map(allMessages(state).map((message) => [message.id, message]))
    if (isOfIds) {
      ids = areSame(shown, ids) ? ids : shown
      siblingsById = siblings
    }
    const all = new Set([...previous.keys(), ...byId.keys()])
    return { ids: [...all].filter((id) => previous.get(id) !== byId.get(id)), isOfIds }
  }

  function onChange(_state: ChatState, previous: ChatState): void {
    const change = update(previous)
    for (const id of change.ids) for (const listener of listenersById.get(id) ?? []) listener()
    if (change.isOfIds) for (const listener of idListeners) listener()
  }

  /** The store is listened to only while somebody listens here. */
  function listen(): void {
    if (!unsubscribe) update()
    listening++
    unsubscribe ??= store.subscribe(onChange)
  }

  function leave(): void {
    listening--
    if (listening > 0) return
    unsubscribe?.()
    unsubscribe = undefined
  }

  function refresh(): void {
    if (!unsubscribe) update()
  }

  return {
    get(id) {
      refresh()
      return byId.get(id)
    },
    ids() {
      refresh()
      return ids
    },
    siblings(id) {
      refresh()
      return siblingsById.get(id)
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

/**
 * The messages that differ between two states; undefined where that is more than that some have grown. While one that
 * is shown grows, this looks at no other: the store keeps `forks` only where nothing changes but replies on their way,
 * or one message.
 */
function grownMessages(before: ChatState, { messages, forks }: ChatState): readonly Message[] | undefined {
  const isSameTree = forks === before.forks
  const shown = changedIn(before.messages, messages, isSameTree ? Math.max(1, before.replyIds.length) : undefined)
  if (isSameTree || !shown) return shown
  if (forks.size !== before.forks.size) return undefined
  const grown = [...shown]
  for (const [parentId, fork] of forks) {
    const old = before.forks.get(parentId)
    if (fork === old) continue
    if (fork.ids !== old?.ids) return undefined
    for (const [index, tail] of fork.tails.entries()) {
      const changed = changedIn(old.tails[index], tail)
      if (!changed) return undefined
      grown.push(...changed)
    }
  }
  return grown
}

/** Last first, and no more than `most`; undefined where others stand in their places. */
function changedIn(
  before: readonly Message[] = [],
  after: readonly Message[],
  most = after.length,
): readonly Message[] | undefined {
  if (before === after) return []
  if (before.length !== after.length) return undefined
  const changed: Message[] = []
  for (let place = after.length - 1; place >= 0 && changed.length < most; place--) {
    const message = after[place]
    if (!message || message === before[place]) continue
    if (message.id !== before[place]?.id) return undefined
    changed.push(message)
  }
  return changed
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index])
}
