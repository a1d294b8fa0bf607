'use client'
import type { Message } from '@millrace/core'
import { useCallback, useInsertionEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { ChatActions, ChatStore } from '../store/chat.ts'
import type { ChatState, ChatStatus } from '../store/chat-state.ts'
import type { ChatMessage, ChatPart, ChatTypes } from '../store/chat-types.ts'
import { useChatContext } from './chat-provider.tsx'

/** The ids of the thread's messages, oldest first. Renders when one comes or goes, not while one grows. */
export function useMessageIds(): readonly string[] {
  const { index } = useChatContext()
  return useSyncExternalStore(index.subscribeIds, index.ids, index.ids)
}

/**
 * One message, of whatever branch. Renders when that message changes, and for no other.
 * @param isSame Whether a change is none to what is shown: then it is the message before. Keep its identity.
 * @typeParam Types Those of the chat above, which are not checked here.
 */
export function useMessage<Types extends ChatTypes = ChatTypes>(
  id: string,
  isSame?: (before: Message, after: Message) => boolean,
): ChatMessage<Types> | undefined {
  const { index } = useChatContext()
  const subscribe = useCallback((listener: () => void) => index.subscribe(id, listener), [index, id])
  const shown = useRef<Message>(undefined)
  const get = () => {
    const before = shown.current
    const message = index.get(id)
    return before && message && before.id === id && isSame?.(before, message) ? before : message
  }
  const message = useSyncExternalStore(subscribe, get, get)
  useInsertionEffect(() => {
    shown.current = message
  })
  return message as ChatMessage<Types> | undefined
}

/**
 * One part of a message. While the next part grows, this one does not render.
 * @typeParam Types Those of the chat above, which are not checked here.
 */
export function usePart<Types extends ChatTypes = ChatTypes>(
  id: string,
  partIndex: number,
): ChatPart<Types> | undefined {
  const { index } = useChatContext()
  const subscribe = useCallback((listener: () => void) => index.subscribe(id, listener), [index, id])
  const get = () => index.get(id)?.parts[partIndex]
  return useSyncExternalStore(subscribe, get, get) as ChatPart<Types> | undefined
}

/** The text of a part as it grows, for what draws it without being rendered. */
export interface TextFeed {
  subscribe(listener: () => void): () => void
  /** Empty where the part has no text. */
  getText(): string
}

/** The text of each part of a message. Never renders anything; the same part has the same feed. */
export function useTextFeeds(id: string): (partIndex: number) => TextFeed {
  const { index } = useChatContext()
  return useMemo(() => {
    const feeds = new Map<number, TextFeed>()
    const subscribe = (listener: () => void) => index.subscribe(id, listener)
    return (partIndex) => {
      function getText(): string {
        const part = index.get(id)?.parts[partIndex]
        return part && 'text' in part ? part.text : ''
      }
      const feed = feeds.get(partIndex) ?? { subscribe, getText }
      feeds.set(partIndex, feed)
      return feed
    }
  }, [index, id])
}

/** The messages that stand in one place of the thread, each the beginning of a branch. */
export interface Branches {
  /** Oldest first. */
  readonly ids: readonly string[]
  /** Which of them this message is. */
  readonly index: number
  readonly count: number
  /** Shows that branch. */
  select(index: number): void
}

/** A message's branches. Renders when one comes or goes, not while one grows. */
export function useBranches(messageId: string): Branches {
  const { store, index } = useChatContext()
  const get = () => index.siblings(messageId)
  const siblings = useSyncExternalStore(index.subscribeIds, get, get)
  return useMemo(() => {
    const ids = siblings ?? [messageId]
    return {
      ids,
      index: ids.indexOf(messageId),
      count: ids.length,
      select: (branch: number) => store.selectBranch(messageId, branch),
    }
  }, [siblings, messageId, store])
}

/** Whether a reply is on its way, or the last one failed. Renders when that changes. */
export function useChatStatus(): ChatStatus {
  return useChatSelector(selectStatus)
}

const selectStatus = ({ status }: ChatState) => status

/**
 * Anything else of the chat's state. Renders when the selected value changes.
 * @param selector Has to return the same value for the same state: no new object at each call.
 */
export function useChatSelector<T>(selector: (state: ChatState) => T): T {
  const { store } = useChatContext()
  const get = () => selector(store.getState())
  return useSyncExternalStore(store.subscribe, get, get)
}

/** The chat itself, for what happens later: in an event, say. Never renders anything. */
export function useChatStore(): ChatStore {
  return useChatContext().store
}

/** What can be done with the chat. Never renders anything. */
export function useChatActions(): ChatActions {
  return useChatContext().store
}
