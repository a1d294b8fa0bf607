'use client'
import { useMemo, useState } from 'react'
import type { ChatStore } from '../store/chat.ts'
import type { ChatState } from '../store/chat-state.ts'
import { createTokenEstimator } from '../store/estimate-tokens.ts'
import { type MessageMetrics, messageMetrics, type ThreadMetrics, threadMetrics } from '../store/metrics.ts'
import { useChatContext } from './chat-provider.tsx'
import { useChatSelector, useMessage } from './use-chat-selectors.ts'

/**
 * What a reply took so far: time to the first token, tokens per second, cost. Renders when that message changes; its
 * cost is that of what is new. Undefined where there is no such message.
 */
export function useMetrics(messageId: string): MessageMetrics | undefined {
  const { store } = useChatContext()
  const message = useMessage(messageId)
  const [estimate] = useState(createTokenEstimator)
  return useMemo(
    () => message && messageMetrics(message, store.getOptions().provider, estimate),
    [message, store, estimate],
  )
}

/** What the whole thread took, all branches included. Renders when a reply begins or ends, not while one grows. */
export function useThreadMetrics(): ThreadMetrics {
  const { store } = useChatContext()
  const select = useMemo(() => createThreadSelector(store), [store])
  return useChatSelector(select)
}

/** Each beginning and each end of a reply makes a new list of those on their way. */
function createThreadSelector({ getOptions }: ChatStore): (state: ChatState) => ThreadMetrics {
  let replyIds: ChatState['replyIds'] | undefined
  let metrics: ThreadMetrics | undefined
  return (state) => {
    if (state.replyIds !== replyIds) metrics = undefined
    replyIds = state.replyIds
    metrics ??= threadMetrics(state, getOptions().provider)
    return metrics
  }
}
