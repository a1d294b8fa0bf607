'use client'
import type { Provider } from '@millrace/core'
import { useMemo, useState } from 'react'
import type { ChatState } from '../store/chat-state.ts'
import { createTokenEstimator } from '../store/estimate-tokens.ts'
import { type MessageMetrics, messageMetrics, type ThreadMetrics, threadMetrics } from '../store/metrics.ts'
import { useChatContext, useModels } from './chat-provider.tsx'
import { useChatSelector, useMessage } from './use-chat-selectors.ts'

/**
 * What a reply took so far: time to the first token, tokens per second, cost. Renders when that message changes, or the
 * provider's models do; its cost is that of what is new. Undefined where there is no such message.
 */
export function useMetrics(messageId: string): MessageMetrics | undefined {
  const provider = useProvider()
  const message = useMessage(messageId)
  const [estimate] = useState(createTokenEstimator)
  return useMemo(() => message && messageMetrics(message, provider, estimate), [message, provider, estimate])
}

/**
 * What the whole thread took, all branches included. Renders when a reply begins or ends, not while one grows, and when
 * the provider's models change.
 */
export function useThreadMetrics(): ThreadMetrics {
  const provider = useProvider()
  const select = useMemo(() => createThreadSelector(provider), [provider])
  return useChatSelector(select)
}

/** That of the chat, another object only when its models change: an application may write it anew on every render. */
function useProvider(): Provider {
  const { store } = useChatContext()
  const models = useModels()
  return useMemo(() => ({ ...store.getOptions().provider, models }), [store, models])
}

/** Each beginning and each end of a reply makes a new list of those on their way. */
function createThreadSelector(provider: Provider): (state: ChatState) => ThreadMetrics {
  let replyIds: ChatState['replyIds'] | undefined
  let metrics: ThreadMetrics | undefined
  return (state) => {
    if (state.replyIds !== replyIds) metrics = undefined
    replyIds = state.replyIds
    metrics ??= threadMetrics(state, provider)
    return metrics
  }
}
