'use client'
import { useEffect, useInsertionEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Chat, ChatStore } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { createChat } from '../store/create-chat.ts'
import { createTracker } from './track.ts'

/**
 * A chat for the component's life; its reply is stopped on unmount. A string is an API key, the rest as by default.
 * Each field that was read is subscribed to, and no other. Options may be new objects on every render.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function useStreamingChat(keyOrOptions: string | ChatOptions = {}): Chat {
  const options = typeof keyOrOptions === 'string' ? { apiKey: keyOrOptions } : keyOrOptions
  const store = useStore(options)
  // Before any handler of this render can run, and without the warning that layout effects give on a server.
  useInsertionEffect(() => store.setOptions(options))
  // What waits goes too: it would be sent after the reply that is stopped, to nobody.
  useEffect(() => store.stopAll, [store])
  const { subscribe, getSnapshot } = useMemo(() => createTracker(store), [store])
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}

/** One store for one id. */
function useStore(options: ChatOptions): ChatStore {
  const [store, setStore] = useState(() => createChat(options))
  if (options.id === undefined || options.id === store.id) return store
  const next = createChat(options)
  setStore(next)
  return next
}
