import { promisifyRequest } from 'idb-keyval'
import type { ThreadStorage } from './storage.ts'

/** Leads from one version of the schema to the next. */
export type Migration = (database: IDBDatabase, transaction: IDBTransaction) => void

type Work<T> = (threads: IDBObjectStore, messages: IDBObjectStore) => T

/** The version of the schema is their number; those that were published never change. */
export const migrations: readonly Migration[] = [
  (database) => {
    database.createObjectStore('threads', { keyPath: 'id' })
    database.createObjectStore('messages', { keyPath: ['threadId', 'id'] })
  },
]

/**
 * Keeps threads in the browser, in an IndexedDB database of that name. Nothing is opened before it is used.
 * @param options `name` defaults to `millrace`. One name, one list of threads.
 */
export function indexedDBStorage({ name = 'millrace' }: { readonly name?: string } = {}): ThreadStorage {
  return openStorage(name, migrations)
}

export function openStorage(name: string, steps: readonly Migration[]): ThreadStorage {
  let opened: Promise<IDBDatabase> | undefined

  async function open(): Promise<IDBDatabase> {
    const request = indexedDB.open(name, steps.length)
    request.onupgradeneeded = ({ oldVersion }) => {
      // While it is upgraded, the request has a transaction.
      const transaction = request.transaction as IDBTransaction
      for (const migrate of steps.slice(oldVersion)) migrate(request.result, transaction)
    }
    const database = await promisifyRequest(request)
    const forget = () => {
      database.close()
      opened = undefined
    }
    // Safari closes connections at times.
    database.onclose = forget
    // A newer page in another tab must not wait for this one.
    database.onversionchange = forget
    return database
  }

  async function run<T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> {
    opened ??= open()
    const database = opened
    try {
      const transaction = (await database).transaction(['threads', 'messages'], mode)
      const result = work(transaction.objectStore('threads'), transaction.objectStore('messages'))
      // Nothing more is asked for, so that it ends though the page may go away.
      transaction.commit()
      await promisifyRequest(transaction)
      return result
    } catch (error) {
      // The next try begins anew.
      opened = undefined
      database.then((broken) => broken.close()).catch(() => {})
      throw error
    }
  }

  // A list comes after all strings.
  const allOf = (threadId: string) => IDBKeyRange.bound([threadId], [threadId, []])

  return {
    name,
    list: async () => (await run('readonly', (threads) => threads.getAll())).result,
    load: async (threadId) => (await run('readonly', (_, messages) => messages.getAll(allOf(threadId)))).result,
    save: (changes) =>
      run('readwrite', (threads, messages) => {
        for (const thread of changes.threads) threads.put(thread)
        for (const message of changes.messages)
          if (message.json) messages.put(message)
          else messages.delete([message.threadId, message.id])
      }),
    remove: (threadId) =>
      run('readwrite', (threads, messages) => {
        threads.delete(threadId)
        messages.delete(allOf(threadId))
      }),
  }
}
