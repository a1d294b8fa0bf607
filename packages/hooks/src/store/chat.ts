import type { ChatError, Fork, Message, MessageInit, Thread, Usage } from '@millrace/core'
import type { ChatOptions, SendInput, SendOptions } from './chat-options.ts'
import type { ChatState, ChatStatus, QueuedMessage } from './chat-state.ts'
import type { ChatMessage, ChatTypes, ToolOutputOf } from './chat-types.ts'
import type { ResolvedOptions } from './resolve-options.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'

export interface RegenerateOptions {
  readonly messageId?: string | undefined
  readonly model?: string | undefined
  readonly models?: readonly string[] | undefined
}

/** What a chat can be asked to do. The functions never change and may be passed on and destructured. */
export interface ChatActions<Types extends ChatTypes = ChatTypes> {
  /**
   * Sends a message and resolves with its reply once that has ended, however it ended: look at `finishReason`.
   * A second string names the model. Rejects with a TypeError for an empty message, and with whenBusy `reject` while a
   * reply is on its way.
   */
  sendMessage(input: SendInput<Types>, options?: string | SendOptions): Promise<ChatMessage<Types>>
  /** Ends every reply that is on its way. What arrived stays; nothing is added after. */
  stop(): void
  /** Ends that reply alone. */
  stopMessage(messageId: string): void
  /**
   * Asks again for a reply: that of `messageId`, or the last one. The old one stays on a branch of its own, with all that
   * followed.
   */
  regenerate(options?: RegenerateOptions): Promise<ChatMessage<Types>>
  /**
   * Goes on with a reply that is unfinished, in the same message: that of `messageId`, or the last one. Calls it was left
   * with are run first, as if they had just come.
   */
  continueMessage(messageId?: string): Promise<ChatMessage<Types>>
  /** Asks again after a failure: in the same message where that is empty, else on a branch of its own. */
  retry(): Promise<ChatMessage<Types>>
  /**
   * Says something else in place of a message, on a branch of its own, and asks for a reply where it is by the user.
   * Files and metadata stay. To change them as well, send with `messageId`.
   */
  editMessage(messageId: string, text: string): Promise<ChatMessage<Types>>
  /** Shows another branch: the sibling of a message at that index, with what followed it when it was shown last. */
  selectBranch(messageId: string, index: number): void
  /**
   * What a tool that is not run here has returned. Once every call has its outcome, the model goes on. A call that has one
   * keeps it.
   */
  addToolOutput(output: ToolOutput<ToolOutputOf<Types>>): Promise<ChatMessage<Types>>
  /** Whether a call that needs it may be run. A refusal is told to the model, with the reason. */
  addToolApprovalResponse(response: ToolApprovalResponse): Promise<ChatMessage<Types>>
  /** Shows these messages. Branches beside those that stay are kept, all others go. */
  setMessages(
    messages:
      | readonly (Message | MessageInit)[]
      | ((messages: readonly ChatMessage<Types>[]) => readonly (Message | MessageInit)[]),
  ): void
  /** Stops, and empties the thread and the queue. */
  clearMessages(): void
  /** From `error` back to `ready`; the messages stay. */
  clearError(): void
  /** Takes a message out of the queue before it is sent. Its `sendMessage` resolves as aborted. */
  cancelQueued(messageId: string): void
  /** Changes what a message that waits will say, files and metadata included. Files have to be parts already. */
  editQueued(messageId: string, input: SendInput<Types>): void
}

/** What a render may read. Each field that was read once is subscribed to, and no other. */
export interface ChatFields<Types extends ChatTypes = ChatTypes> {
  readonly id: string
  /** The path through the thread that is shown, oldest first. */
  readonly messages: readonly ChatMessage<Types>[]
  /** The rest of the thread. `siblingsOf(chat, message.id)` lists what stands in a message's place. */
  readonly forks: ReadonlyMap<string, Fork>
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
  /**
   * Ends the replies that are on their way and takes back what waits, also for its files to be read: for whoever goes
   * away.
   */
  stopAll(): void
  /** From now on these options hold; a reply that is on its way keeps those it was asked with, but for the callbacks. */
  setOptions(options: ChatOptions): void
  /** Tells those who subscribed that options are others. `setOptions` does not: it may be called while React renders. */
  tellOfOptions(): void
  /** Those that hold now, with the defaults filled in. */
  getOptions(): ResolvedOptions
  /**
   * Another thread, branches and all; replies that are on their way and not in it are stopped. A failure that is still shown
   * stays the chat's.
   */
  setThread(thread: Thread): void
  /**
   * Shows a reply that is written elsewhere, in another tab say, which this thread has a place for: the chat is busy with
   * it, and stopping it calls `stop`.
   * @returns takes the reply as it has become; with one that is done, the chat is free.
   */
  follow(thread: Thread, replyId: string, stop: () => void): (reply: Message) => void
  /** Has messages wait to be sent until that is settled, while a saved thread is read say. `stopAll` takes them back. */
  hold(until: Promise<unknown>): void
  getState(): ChatState
  /** Called after every change; returns how to stop that. */
  subscribe(listener: (state: ChatState, previous: ChatState) => void): () => void
}

/** What saves the threads of chats: `createThreads` makes one. */
export interface Persistence {
  /** Shows the saved thread with the chat's id, and saves what becomes of it. @returns ends that, and stops the chat. */
  connect(chat: ChatStore): () => void
}

/** What `useStreamingChat` returns. */
export interface Chat<Types extends ChatTypes = ChatTypes> extends ChatFields<Types>, ChatActions<Types> {
  /** The store behind it, for `ChatProvider` and for code outside React. */
  readonly store: ChatStore
}
