import { createId } from '@millrace/core'

/** A thread as the list has it. */
export interface SavedThread {
  readonly id: string
  /** '' until there is something to name it after. */
  readonly title: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** When a message was added last, in epoch milliseconds. */
  readonly updatedAt: number
  /** The message that is shown at each fork. */
  readonly shown: readonly string[]
  /** There once it is removed; it is kept a while, so that it can be taken back. */
  readonly removedAt?: number | undefined
}

/** One message of a thread, kept by itself: what is written does not grow with the thread. */
export interface SavedMessage {
  readonly threadId: string
  readonly id: string
  /** Where it stands: see `PlacedMessage`. */
  readonly parentId: string
  readonly place: number
  /** What `encodeMessage` makes of it; without it, the message is gone. */
  readonly json?: string | undefined
}

export interface StorageChanges {
  readonly threads: readonly SavedThread[]
  readonly messages: readonly SavedMessage[]
}

/** Where threads are kept. A method that cannot do its work rejects; what was to be saved is then saved later. */
export interface ThreadStorage {
  /** Two storages of one name hold the same threads: tabs find each other by it. */
  readonly name: string
  /** Every thread, those that were removed a while ago included. */
  list(): Promise<readonly SavedThread[]>
  load(threadId: string): Promise<readonly SavedMessage[]>
  /** All of it or nothing. */
  save(changes: StorageChanges): Promise<void>
  /** Deletes a thread with its messages. */
  remove(threadId: string): Promise<void>
}

/** Keeps threads as long as the page lives: for tests, and where nothing may be left behind. */
export function memoryStorage(): ThreadStorage {
  const threads = new Map<string, SavedThread>()
  const messages = new Map<string, Map<string, SavedMessage>>()
  return {
    name: createId(),
    list: async () => [...threads.values()],
    load: async (threadId) => [...(messages.get(threadId)?.values() ?? [])],
    async save(changes) {
      for (const thread of changes.threads) threads.set(thread.id, thread)
      for (const message of changes.messages) {
        const rows = messages.get(message.threadId) ?? new Map()
        if (message.json) messages.set(message.threadId, rows.set(message.id, message))
        else rows.delete(message.id)
      }
    },
    async remove(threadId) {
      threads.delete(threadId)
      messages.delete(threadId)
    },
  }
}

const reasons = {
  full: 'There is no room left: remove some threads.',
  unavailable: 'The browser keeps nothing here.',
  'not-json': 'A message is no JSON.',
}

/** Why something is not saved. The chats go on in memory, and saving is tried again. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: keyof typeof reasons

  constructor(code: keyof typeof reasons, cause?: unknown) {
    super(`${reasons[code]} It is kept while the page is open. See docs/persistence.md`, { cause })
    this.code = code
  }
}

/** What a storage failed with. */
export function toStorageError(cause: unknown): StorageError {
  const { name } = Object(cause) // whatever was thrown
  return new StorageError(name === 'QuotaExceededError' ? 'full' : 'unavailable', cause)
}
