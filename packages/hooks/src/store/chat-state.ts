import type { ChatError, Message, Thread } from '@millrace/core'
import type { SendOptions } from './chat-options.ts'

/** `submitted` until the first token, then `streaming`; `error` when the last reply failed, else `ready`. */
export type ChatStatus = 'ready' | 'submitted' | 'streaming' | 'error'

/** A message that waits for the reply before it. */
export interface QueuedMessage {
  readonly message: Message
  readonly options: SendOptions
}

interface AnyState extends Thread {
  readonly queue: readonly QueuedMessage[]
}

export interface ReadyState extends AnyState {
  readonly status: 'ready'
}

export interface ReplyingState extends AnyState {
  readonly status: 'submitted' | 'streaming'
  readonly replyId: string
  /** When the request is sent again after a failure that may heal, in epoch milliseconds. */
  readonly retryAt?: number
  /** How long nothing has come, in milliseconds, once that is longer than it should be. */
  readonly stalledForMs?: number
}

export interface FailedState extends AnyState {
  readonly status: 'error'
  readonly error: ChatError
}

export type ChatState = ReadyState | ReplyingState | FailedState

export const isReplying = (state: ChatState): state is ReplyingState => 'replyId' in state
