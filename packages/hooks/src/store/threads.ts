import { createId, type Message } from '@millrace/core'
import { createStore } from 'zustand/vanilla'
import type { ChatStore, Persistence } from './chat.ts'
import { createMessageRows } from './message-rows.ts'
import { saveChat } from './saved-chat.ts'
import {
  type SavedMessage,
  type SavedThread,
  type StorageError,
  type ThreadStorage,
  toStorageError,
} from './storage.ts'
import type { TabMessage } from './tabs.ts'
import type { SavedChat, ThreadKeeper } from './thread-keeper.ts'
import { createThrottle } from './throttle.ts'

/**
 * How often a growing reply is saved; all else is saved at once. A crash loses no more of it than this, the time until it
 * is told of and that which a write takes, which together stay below half a second.
 */
const saveEveryMs = 300
const retryMs = 5000
/** How long a thread that was removed can be taken back. */
const undoMs = 60_000

export interface ThreadsOptions {
  /** Where they are kept: `indexedDBStorage()`, `memoryStorage()` or your own. */
  readonly storage: ThreadStorage
  /** Names a thread after what is in it; asked until there is an answer. Default: the first line by the user. */
  readonly titleOf?: (messages: readonly Message[]) => string | undefined
  /** Something cannot be read or saved. Called once until saving works again. */
  readonly onError?: (error: StorageError) => void
  /**
   * `resumeReply`, where chats have the option `resume`: a reply that was being written when the page went away is then
   * taken up again, if its server still keeps it.
   */
  readonly resume?: (chat: ChatStore, messageId: string) => Promise<unknown>
}

export interface ThreadsState {
  /** The one with the newest message first. */
  readonly threads: readonly SavedThread[]
  /** `loading` until the list has been read, or could not be. */
  readonly status: 'loading' | 'ready'
  /** Why what was said last is not saved; undefined once it is. */
  readonly error: StorageError | undefined
  /** Which one is open in this tab. */
  readonly selectedId: string | undefined
}

/** What can be done with the list. The functions never change. */
export interface ThreadsActions {
  /** Adds an empty thread and selects it. A thread is also added by sending in a chat with a new id. @returns its id. */
  create(init?: { readonly id?: string; readonly title?: string }): string
  /** With '', it is named after its messages again when one of them changes. */
  rename(threadId: string, title: string): void
  /** Stops its replies and takes it off the list. @returns takes that back, for a minute. */
  remove(threadId: string): () => void
  /** Opens a thread, or none. */
  select(threadId: string | undefined): void
  /** Those with that text in their title or a message, whatever the case and the accents, in the order of the list. */
  search(text: string): Promise<readonly SavedThread[]>
}

/** Threads that are saved, in one list, and in step with every tab. Pass it to a chat as `persist`. */
export interface Threads extends ThreadsActions, Persistence {
  getState(): ThreadsState
  /** What it was when it was made: for rendering on a server and hydrating. */
  getInitialState(): ThreadsState
  /** Called after every change; returns how to stop that. The list is read with the first. */
  subscribe(listener: (state: ThreadsState, previous: ThreadsState) => void): () => void
}

/** Makes a list of saved threads. Nothing is touched before it is subscribed to or a chat connected. */
export function createThreads({ storage, titleOf = firstLine, onError, resume }: ThreadsOptions): Threads {
  const initialState: ThreadsState = { threads: [], status: 'loading', error: undefined, selectedId: undefined }
  const { getState, getInitialState, setState, subscribe } = createStore<ThreadsState>(() => initialState)
  const byId = new Map<string, SavedThread>()
  const chats = new Set<SavedChat>()
  const unsaved = new Map<string, Row>()
  let channel: BroadcastChannel | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let listed: Promise<void> | undefined
  let users = 0
  let listening: AbortController | undefined
  const writes = createThrottle(saveEveryMs, () => {
    collect()
    void flush()
  })

  function tell(message: TabMessage, from?: SavedChat, canWait?: boolean): void {
    deliver(message, from, true)
    channel?.postMessage(message)
    writes[canWait ? 'later' : 'now']()
  }

  function deliver(message: TabMessage, from?: SavedChat, isOwn?: boolean): void {
    const { threads = [], messages = [], purged } = message
    // First, for they compare what they show with the list.
    collect()
    for (const thread of threads) byId.set(thread.id, thread)
    // Whoever says something saves it: what another tab says is newer than what was still to be saved here. What is gone is
    // deleted by all, for one of them may have saved it since.
    for (const row of [...threads, ...messages])
      if (isOwn || (isMessage(row) && !row.json)) unsaved.set(keyOf(row), row)
      else unsaved.delete(keyOf(row))
    if (purged) byId.delete(purged)
    if (purged || threads[0]) list()
    for (const chat of chats) if (chat !== from) chat.receive(message)
  }

  function list(): void {
    const threads = [...byId.values()].filter(({ removedAt }) => !removedAt)
    setState({ threads: threads.sort((one, other) => other.updatedAt - one.updatedAt) })
  }

  async function flush(): Promise<void> {
    const rows = [...unsaved.values()]
    if (!rows[0]) return
    try {
      await storage.save({ threads: rows.filter(isThread), messages: rows.filter(isMessage) })
      // What was said of it since is not saved yet.
      for (const row of rows) if (row === unsaved.get(keyOf(row))) unsaved.delete(keyOf(row))
      // Whoever shows the list need not know how often a growing reply is saved.
      if (getState().error) setState({ error: undefined })
    } catch (cause) {
      failed(toStorageError(cause))
      clearTimeout(retry)
      retry = setTimeout(writes.now, retryMs)
    }
  }

  function failed(error: StorageError): void {
    const isNews = getState().error?.code !== error.code
    setState({ error })
    if (isNews) onError?.(error)
  }

  async function load(threadId: string): Promise<readonly SavedMessage[]> {
    // A thread is not taken for a new one because the list came late.
    await listed
    // What could not be saved is newer than what could. The threads among it are of no thread.
    const rows = [...(await attempt(storage.load(threadId))), ...unsaved.values()] as SavedMessage[]
    const own = rows.filter((row) => row.threadId === threadId)
    return [...new Map(own.map((row) => [row.id, row])).values()]
  }

  /** What cannot be read is told of, and is as if there were none. */
  const attempt = <T>(work: Promise<T>) =>
    work.catch((cause: unknown) => {
      failed(toStorageError(cause))
      return []
    })

  async function loadList(): Promise<void> {
    for (const thread of await attempt(storage.list())) if (!unsaved.has(keyOf(thread))) byId.set(thread.id, thread)
    for (const id of byId.keys()) void purge(id)
    list()
    setState({ status: 'ready' })
  }

  /** Deletes a thread for good that can no longer be taken back. */
  async function purge(threadId: string): Promise<void> {
    const { removedAt } = threadOf(threadId)
    if (!removedAt || removedAt > Date.now() - undoMs) return
    for (const key of unsaved.keys()) if (key.startsWith(`${threadId}/`)) unsaved.delete(key)
    tell({ purged: threadId })
    await attempt(storage.remove(threadId))
  }

  function collect(): void {
    for (const chat of chats) chat.collect()
  }

  /** @returns the end of that use. */
  function use(): () => void {
    if (users++ === 0) {
      channel = globalThis.BroadcastChannel && new BroadcastChannel(`millrace:${storage.name}`)
      channel?.addEventListener('message', ({ data }) => deliver(data))
      listening = new AbortController()
      // A page that is hidden may go away without another word.
      for (const type of ['pagehide', 'visibilitychange']) globalThis.addEventListener?.(type, writes.now, listening)
      listed = loadList()
    }
    return () => {
      if (--users > 0) return
      channel?.close()
      channel = undefined
      listening?.abort()
    }
  }

  /** As it is in the list, or as it will be. */
  function threadOf(id: string): SavedThread {
    const now = Date.now()
    return byId.get(id) ?? { id, title: '', createdAt: now, updatedAt: now, shown: [] }
  }

  const keeper: ThreadKeeper = {
    threadOf,
    titleOf,
    load,
    tell,
    flush,
    failed,
    resume,
    lockOf: (replyId) => `millrace:${storage.name}:${replyId}`,
  }

  function change(threadId: string, changes: Partial<SavedThread>): void {
    // A message that was just sent does not undo this.
    collect()
    tell({ threads: [{ ...threadOf(threadId), ...changes }] })
  }

  const select = (selectedId: string | undefined) => setState({ selectedId })

  return {
    getState,
    getInitialState,
    subscribe(listener) {
      const leave = use()
      const unsubscribe = subscribe(listener)
      return () => {
        unsubscribe()
        leave()
      }
    },
    connect(chat: ChatStore) {
      const leave = use()
      const saved = saveChat(chat, keeper)
      chats.add(saved)
      return () => {
        saved.close()
        chats.delete(saved)
        leave()
      }
    },
    create({ id = createId(), title = '' } = {}) {
      change(id, { title })
      select(id)
      return id
    },
    rename: (threadId, title) => change(threadId, { title }),
    remove(threadId) {
      change(threadId, { removedAt: Date.now() })
      if (getState().selectedId === threadId) select(undefined)
      setTimeout(purge, undoMs, threadId)
      return () => {
        if (byId.has(threadId)) change(threadId, { removedAt: undefined })
      }
    },
    select,
    async search(text) {
      const sought = fold(text)
      const found: SavedThread[] = []
      for (const thread of getState().threads) {
        const { decode } = createMessageRows(thread.id, failed)
        const says = (text = '') => fold(text).includes(sought)
        if (says(thread.title) || (await load(thread.id)).some((row) => says(decode(row)[1]?.message.content)))
          found.push(thread)
      }
      return found
    },
  }
}

type Row = SavedThread | SavedMessage

const isThread = (row: Row): row is SavedThread => 'title' in row
const isMessage = (row: Row): row is SavedMessage => !isThread(row)
const keyOf = (row: Row) => (isThread(row) ? `${row.id}/` : `${row.threadId}/${row.id}`)

/** As people search: without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')
}

/** No more than 80 characters of it. */
function firstLine(messages: readonly Message[]): string | undefined {
  return messages.find(({ role }) => role === 'user')?.content.match(/\S.{0,79}/u)?.[0]
}
