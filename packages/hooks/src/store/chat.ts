import type { ChatError, Message, MessageInit, Usage } from '@millrace/core'
import type { ChatOptions, SendInput, SendOptions } from './chat-options.ts'
import type { ChatState, ChatStatus, QueuedMessage } from './chat-state.ts'

/** What a chat can be asked to do. The functions never change and may be passed on and destructured. */
export interface ChatActions {
  /**
   * Sends a message and resolves with its reply once that has ended, however it ended: look at `finishReason`.
   * A second string names the model. Rejects with a TypeError for an empty message, and with whenBusy `reject` while a
   * reply is on its way.
   */
  sendMessage(input: SendInput, options?: string | SendOptions): Promise<Message>
  /** Ends the reply that is on its way. What arrived stays; nothing is added after. */
  stop(): void
  /** Asks again for a reply: that of `messageId`, or the last one. The old one goes, with all that followed. */
  regenerate(options?: { readonly messageId?: string; readonly model?: string }): Promise<Message>
  /** Asks again after a failure, in the place of the reply that failed. */
  retry(): Promise<Message>
  setMessages(
    messages: readonly (Message | MessageInit)[] | ((messages: readonly Message[]) => readonly Message[]),
  ): void
  /** Stops, and empties the thread and the queue. */
  clearMessages(): void
  /** From `error` back to `ready`; the messages stay. */
  clearError(): void
  /** Takes a message out of the queue before it is sent. Its `sendMessage` resolves as aborted. */
  cancelQueued(messageId: string): void
}

/** What a render may read. Each field that was read once is subscribed to, and no other. */
export interface ChatFields {
  readonly id: string
  readonly messages: readonly Message[]
  readonly status: ChatStatus
  /** A reply is on its way: `submitted` or `streaming`. */
  readonly isStreaming: boolean
  readonly error: ChatError | undefined
  /** What the whole thread has used, as far as the provider said. */
  readonly usage: Usage | undefined
  readonly queue: readonly QueuedMessage[]
  readonly retryAt: number | undefined
  readonly stalledForMs: number | undefined
}

/** A chat without React: a zustand store, and actions. */
export interface ChatStore extends ChatActions {
  readonly id: string
  /** Ends the reply that is on its way and takes back what waits: for whoever goes away. */
  stopAll(): void
  /** From now on these options hold; a reply that is on its way keeps those it was asked with, but for the callbacks. */
  setOptions(options: ChatOptions): void
  getState(): ChatState
  /** Called after every change; returns how to stop that. */
  subscribe(listener: (state: ChatState, previous: ChatState) => void): () => void
}

/** What `useStreamingChat` returns. */
export interface Chat extends ChatFields, ChatActions {
  /** The store behind it, for `ChatProvider` and for code outside React. */
  readonly store: ChatStore
}
