import { decodeMessage, encodeMessage, type PlacedMessage } from '@millrace/core'
import { type SavedMessage, StorageError } from './storage.ts'

/** What somebody says of a message; undefined where it is gone. */
export type Told = readonly [id: string, placed: PlacedMessage | undefined]

/** The messages of a thread as they are saved and told, and back. */
export interface MessageRows {
  /** None for what cannot be saved. */
  encode(placed: PlacedMessage): readonly SavedMessage[]
  /** What cannot be read is not there, and not deleted. */
  decode(row: SavedMessage): Told
}

/** @param failed Told of what is no JSON. */
export function createMessageRows(threadId: string, failed: (error: StorageError) => void): MessageRows {
  function attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (cause) {
      failed(new StorageError('not-json', cause))
      return undefined
    }
  }

  return {
    encode({ message, ...placed }) {
      const json = attempt(() => JSON.stringify(encodeMessage(message)))
      return json ? [{ threadId, id: message.id, ...placed, json }] : []
    },
    decode({ id, json, parentId, place }) {
      const message = json && attempt(() => decodeMessage(JSON.parse(json)))
      return [id, message ? { message, parentId, place } : undefined]
    },
  }
}
