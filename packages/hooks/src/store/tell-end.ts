import { type Message, messageCost } from '@millrace/core'
import { call } from './call.ts'
import type { ResolvedOptions } from './resolve-options.ts'

/** Tells whoever listens that a reply has ended, and all there is to say of it. */
export function tellEnd(
  message: Message,
  messages: readonly Message[],
  { onError, onFinish, provider }: ResolvedOptions,
): void {
  const { finishReason = 'unknown', error, usage, timing } = message
  if (error) call(onError, error, message)
  call(onFinish, {
    message,
    messages,
    finishReason,
    isAbort: finishReason === 'aborted',
    isError: error !== undefined,
    isDisconnect: /^(offline|network|incomplete|stalled)$/.test(error?.code ?? ''),
    usage,
    cost: messageCost(message, provider),
    timing,
  })
}
