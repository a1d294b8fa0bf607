import { type Message, messageCost, type Provider } from '@millrace/core'
import type { FinishEvent } from './chat-options.ts'

/** Everything there is to say of a reply that has ended. */
export function finishEvent(message: Message, messages: readonly Message[], provider: Provider): FinishEvent {
  const { finishReason = 'unknown', error, usage, timing } = message
  return {
    message,
    messages,
    finishReason,
    isAbort: finishReason === 'aborted',
    isError: error !== undefined,
    isDisconnect: /^(offline|network|incomplete|stalled)$/.test(error?.code ?? ''),
    usage,
    cost: messageCost(message, provider),
    timing,
  }
}
