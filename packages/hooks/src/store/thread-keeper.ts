import type { Message } from '@millrace/core'
import type { ChatStore } from './chat.ts'
import type { SavedMessage, SavedThread, StorageError } from './storage.ts'
import type { TabMessage } from './tabs.ts'

/** What a saved chat needs of the list it is in. */
export interface ThreadKeeper {
  /** A new one where there is none of that id. */
  threadOf(id: string): SavedThread
  titleOf(messages: readonly Message[]): string | undefined
  /** Rejects never: what cannot be read is not there. */
  load(threadId: string): Promise<readonly SavedMessage[]>
  /** Saves what it says, at once or, where that can wait, soon, and tells it to every other chat and tab. */
  tell(message: TabMessage, from: SavedChat, canWait?: boolean): void
  /** Saves at once; never rejects. */
  flush(): Promise<void>
  failed(error: StorageError): void
  /** See `ThreadsOptions`. */
  readonly resume?: ((chat: ChatStore, messageId: string) => Promise<unknown>) | undefined
  /** What holds a reply is called. */
  lockOf(replyId: string): string
}

/** A chat whose thread is saved, and in step with that of other tabs. */
export interface SavedChat {
  receive(message: TabMessage): void
  /** Tells what has not been told. */
  collect(): void
  /** Stops the chat, and saves that. */
  close(): void
}
