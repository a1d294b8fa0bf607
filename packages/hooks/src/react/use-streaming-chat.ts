'use client'
import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { createChat } from '../store/create-chat.ts'
import { createTracker, type Tracker } from './track.ts'

/**
 * A chat for the component's life; its reply is stopped on unmount. A string is an API key, the rest as by default.
 * Each field that was read is subscribed to, and no other. Options may be new objects on every render.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function useStreamingChat(keyOrOptions: string | ChatOptions = {}): Chat {
  const options = typeof keyOrOptions === 'string' ? { apiKey: keyOrOptions } : keyOrOptions
  const { store, getSnapshot } = useTracker(options)
  // Before any handler of this render can run, and without the warning that layout effects give on a server.
  useInsertionEffect(() => store.setOptions(options))
  const { persist } = options
  // What waits goes too: it would be sent after the reply that is stopped, to nobody.
  useEffect(() => persist?.connect(store) ?? store.stopAll, [store, persist])
  return useSyncExternalStore(store.subscribe, getSnapshot, getSnapshot)
}

/** One chat for one id. */
function useTracker(options: ChatOptions): Tracker {
  const create = () => createTracker(createChat(options))
  const [tracker, setTracker] = useState(create)
  if (options.id === undefined || options.id === tracker.store.id) return tracker
  const next = create()
  setTracker(next)
  return next
}
