import type { Chat, ChatFields, ChatStore } from '../store/chat.ts'
import { type ChatState, isReplying } from '../store/chat-state.ts'
import { threadUsage } from '../store/thread-usage.ts'

type Read<T> = (state: ChatState, store: ChatStore) => T

const fields: { readonly [Name in keyof ChatFields]: Read<ChatFields[Name]> } = {
  id: (_, store) => store.id,
  messages: (state) => state.messages,
  status: (state) => state.status,
  isStreaming: isReplying,
  error: (state) => (state.status === 'error' ? state.error : undefined),
  usage: (state) => threadUsage(state.messages),
  queue: (state) => state.queue,
  retryAt: (state) => (isReplying(state) ? state.retryAt : undefined),
  stalledForMs: (state) => (isReplying(state) ? state.stalledForMs : undefined),
}
const fieldNames = Object.keys(fields) as (keyof ChatFields)[]

export interface Tracker {
  subscribe(listener: () => void): () => void
  /** A new object whenever a field that was read has changed, so that memoised readers see it. */
  getSnapshot(): Chat
}

/** Notices which fields are read from the chat it hands out, and tells of changes to those alone. */
export function createTracker(store: ChatStore): Tracker {
  const reads = new Set<keyof ChatFields>()
  let seen = store.getState()
  const { getState: _getState, subscribe: _subscribe, setOptions: _setOptions, id: _id, ...actions } = store
  let chat = createView()

  function createView(): Chat {
    const view = { ...actions, store }
    for (const name of fieldNames) {
      Object.defineProperty(view, name, {
        enumerable: true,
        get() {
          reads.add(name)
          return fields[name](store.getState(), store)
        },
      })
    }
    return view as Chat // the fields were defined one by one
  }

  function hasChanged(state: ChatState, before: ChatState): boolean {
    if (state === before) return false
    for (const name of reads) if (!Object.is(fields[name](state, store), fields[name](before, store))) return true
    return false
  }

  return {
    subscribe: (listener) => store.subscribe((state, before) => hasChanged(state, before) && listener()),
    getSnapshot() {
      const state = store.getState()
      if (hasChanged(state, seen)) chat = createView()
      seen = state
      return chat
    },
  }
}
