'use client'
import type { Model } from '@millrace/core'
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Chat, ChatStore } from '../store/chat.ts'
import { createMessageIndex, type MessageIndex } from '../store/message-index.ts'

interface ChatContext {
  readonly store: ChatStore
  readonly index: MessageIndex
}

const Context = createContext<ChatContext | undefined>(undefined)
const ModelsContext = createContext<readonly Model[]>([])

export interface ChatProviderProps {
  /** What `useStreamingChat` returned. */
  readonly chat: Pick<Chat, 'store'>
  readonly children?: ReactNode
}

/** Hands a chat to the leaves below it, which then read no more of it than they show. */
export function ChatProvider({ chat: { store }, children }: ChatProviderProps): ReactNode {
  const value = useMemo(() => ({ store, index: createMessageIndex(store) }), [store])
  const getModels = () => store.getOptions().provider.models
  const models = useSyncExternalStore(store.subscribe, getModels, getModels)
  return (
    <Context.Provider value={value}>
      <ModelsContext.Provider value={models}>{children}</ModelsContext.Provider>
    </Context.Provider>
  )
}

/** @throws {Error} outside a ChatProvider. */
export function useChatContext(): ChatContext {
  const context = useContext(Context)
  if (!context) throw new Error('There is no chat here. Put the component inside <ChatProvider chat={chat}>.')
  return context
}

/** The models of the chat's provider, and so their prices, which may be known late. */
export const useModels = () => useContext(ModelsContext)
