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
  return {
    encode({ message, parentId, place }) {
      try {
        return [{ threadId, id: message.id, parentId, place, json: JSON.stringify(encodeMessage(message)) }]
      } catch (cause) {
        failed(new StorageError('not-json', cause))
        return []
      }
    },
    decode({ id, json, parentId, place }) {
      try {
        return [id, json ? { message: decodeMessage(JSON.parse(json)), parentId, place } : undefined]
      } catch (cause) {
        failed(new StorageError('not-json', cause))
        return [id, undefined]
      }
    },
  }
}
