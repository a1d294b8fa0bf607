'use client'
import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react'
import type { Chat } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import type { ChatTypes } from '../store/chat-types.ts'
import { createChat } from '../store/create-chat.ts'
import type { Tools } from '../store/tool.ts'
import { createTracker, type Tracker } from './track.ts'

/** The types an application names, and its tools where they are there to be looked at. */
type Inferred<Types extends ChatTypes, ToolSet extends Tools> = Types extends { readonly tools: object }
  ? Types
  : Tools extends ToolSet
    ? Types
    : Types & { readonly tools: ToolSet }

/**
 * A chat for the component's life; its reply is stopped on unmount. A string is an API key, the rest as by default.
 * Each field that was read is subscribed to, and no other. Options may be new objects on every render.
 * @typeParam Types What the application keeps in its messages. The types of tools follow from the option `tools`.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function useStreamingChat<Types extends ChatTypes = ChatTypes, ToolSet extends Tools = Tools>(
  keyOrOptions: string | (ChatOptions<Inferred<Types, ToolSet>> & { readonly tools?: ToolSet | undefined }) = {},
): Chat<Inferred<Types, ToolSet>> {
  const given = typeof keyOrOptions === 'string' ? { apiKey: keyOrOptions } : keyOrOptions
  const options = given as ChatOptions // what is in the messages is the application's word; the chat need not know
  const { store, getSnapshot } = useTracker(options)
  // Before any handler of this render can run, and without the warning that layout effects give on a server.
  useInsertionEffect(() => store.setOptions(options))
  const { persist, provider } = options
  // biome-ignore lint/correctness/useExhaustiveDependencies: the models bring the prices, which may be known late.
  useEffect(store.tellOfOptions, [store, provider?.models])
  // What waits goes too: it would be sent after the reply that is stopped, to nobody.
  useEffect(() => persist?.connect(store) ?? store.stopAll, [store, persist])
  return useSyncExternalStore(store.subscribe, getSnapshot, getSnapshot) as Chat<Inferred<Types, ToolSet>>
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
