'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Chat, ChatStore } from '../store/chat.ts'
import { createMessageIndex, type MessageIndex } from '../store/message-index.ts'

interface ChatContext {
  readonly store: ChatStore
  readonly index: MessageIndex
}

const Context = createContext<ChatContext | undefined>(undefined)

export interface ChatProviderProps {
  /** What `useStreamingChat` returned. */
  readonly chat: Pick<Chat, 'store'>
  readonly children?: ReactNode
}

/** Hands a chat to the leaves below it, which then read no more of it than they show. */
export function ChatProvider({ chat: { store }, children }: ChatProviderProps): ReactNode {
  const value = useMemo(() => ({ store, index: createMessageIndex(store) }), [store])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

/** @throws {Error} outside a ChatProvider. */
export function useChatContext(): ChatContext {
  const context = useContext(Context)
  if (!context) throw new Error('There is no chat here. Put the component inside <ChatProvider chat={chat}>.')
  return context
}
