import type { Chat, ChatFields, ChatStore } from '../store/chat.ts'
import { type ChatState, isReplying } from '../store/chat-state.ts'

/** What may change; the id is the store's, and does not. */
type Fields = Omit<ChatFields, 'id'>

const fieldsOf = (state: ChatState): Fields => ({ ...state, isStreaming: isReplying(state) })

export interface Tracker {
  readonly store: ChatStore
  /** A new object whenever a field that was read has changed, so that memoised readers see it; else the same. */
  getSnapshot(): Chat
}

/** Notices which fields are read from the chat it hands out, so that changes to the others are none. */
export function createTracker(store: ChatStore): Tracker {
  const reads = new Set<keyof Fields>()
  let seen = fieldsOf(store.getState())
  let chat = createView()

  function createView(): Chat {
    const view: object = { ...store, store }
    for (const name of Object.keys(seen) as (keyof Fields)[]) {
      Object.defineProperty(view, name, {
        enumerable: true,
        get() {
          reads.add(name)
          return fieldsOf(store.getState())[name]
        },
      })
    }
    return view as Chat // the fields were defined one by one
  }

  return {
    store,
    getSnapshot() {
      const before = seen
      seen = fieldsOf(store.getState())
      if ([...reads].some((name) => seen[name] !== before[name])) chat = createView()
      return chat
    },
  }
}
