import { type ChatOptions, ChatProvider, type ChatStore, createChat } from '@millrace/hooks'
import { createManualProvider, type ManualProvider } from '@millrace/testing'
import type { ReactNode } from 'react'

export interface TestChat {
  readonly store: ChatStore
  readonly provider: ManualProvider
  readonly wrapper: (props: { readonly children: ReactNode }) => ReactNode
}

/** A chat with a scripted server, and the provider to render parts in. */
export function createTestChat(options: ChatOptions = {}): TestChat {
  const provider = createManualProvider()
  const store = createChat({
    apiKey: 'test-key',
    baseURL: 'https://model.test/v1',
    model: 'test-model',
    fetch: provider.fetch,
    retry: { attempts: 0 },
    pace: 'chunk',
    ...options,
  })
  return {
    store,
    provider,
    wrapper: ({ children }) => <ChatProvider chat={{ store }}>{children}</ChatProvider>,
  }
}
