import type { ChatError, Message, Thread, Usage } from '@millrace/core'
import type { SendOptions } from './chat-options.ts'

/**
 * `submitted` until the first token, then `streaming`. `error` where a reply that is shown failed, `ready` where none did and
 * after every stop.
 */
export type ChatStatus = 'ready' | 'submitted' | 'streaming' | 'error'

/** What replies are asked for with. */
export interface AskOptions extends Pick<SendOptions, 'headers' | 'body'> {
  readonly models: readonly string[]
}

/** A message that waits for the reply before it. */
export interface QueuedMessage {
  readonly message: Message
  readonly options: AskOptions
}

interface AnyState extends Thread {
  readonly queue: readonly QueuedMessage[]
  /** Of all messages on all branches, as far as their replies have ended and the provider said. */
  readonly usage: Usage | undefined
  /** The replies on their way, on whatever branch. */
  readonly replyIds: readonly string[]
  readonly error: ChatError | undefined
  readonly retryAt: number | undefined
  readonly stalledForMs: number | undefined
}

export interface ReadyState extends AnyState {
  readonly status: 'ready'
  readonly error: undefined
}

export interface ReplyingState extends AnyState {
  readonly status: 'submitted' | 'streaming'
  readonly error: undefined
  /** When the request is sent again after a failure that may heal, in epoch milliseconds. */
  readonly retryAt: number | undefined
  /** How long nothing has come, in milliseconds, once that is longer than it should be. */
  readonly stalledForMs: number | undefined
}

export interface FailedState extends AnyState {
  readonly status: 'error'
  readonly error: ChatError
}

/** What the status rules out is not there: an error only in `error`, a reply on its way only in the two between. */
export type ChatState = ReadyState | ReplyingState | FailedState

/** Whether a reply is on its way. */
export const isReplying = (state: ChatState): state is ReplyingState => state.replyIds.length > 0
