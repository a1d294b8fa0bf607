import type { Chat, ChatFields, ChatStore } from '../store/chat.ts'
import { type ChatState, isReplying } from '../store/chat-state.ts'

function fieldsOf(state: ChatState, { id }: ChatStore): ChatFields {
  return {
    ...state,
    id,
    isStreaming: isReplying(state),
  }
}

export interface Tracker {
  subscribe(listener: () => void): () => void
  /** A new object whenever a field that was read has changed, so that memoised readers see it. */
  getSnapshot(): Chat
}

/** Notices which fields are read from the chat it hands out, and tells of changes to those alone. */
export function createTracker(store: ChatStore): Tracker {
  const reads = new Set<keyof ChatFields>()
  let seen = store.getState()
  let chat = createView()

  function createView(): Chat {
    const view: object = { ...store, store }
    for (const name of Object.keys(fieldsOf(seen, store)) as (keyof ChatFields)[]) {
      Object.defineProperty(view, name, {
        enumerable: true,
        get() {
          reads.add(name)
          return fieldsOf(store.getState(), store)[name]
        },
      })
    }
    return view as Chat // the fields were defined one by one
  }

  function hasChanged(state: ChatState, before: ChatState): boolean {
    const [now, then] = [fieldsOf(state, store), fieldsOf(before, store)]
    for (const name of reads) if (!Object.is(now[name], then[name])) return true
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
