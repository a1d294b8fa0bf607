import {
  applyChunk,
  decodeMessage,
  encodeMessage,
  flattenThread,
  interruptMessage,
  type Message,
  type PlacedMessage,
  type Thread,
  unflattenThread,
} from '@millrace/core'
import type { ChatStore } from './chat.ts'
import type { ChatState } from './chat-state.ts'
import { type SavedMessage, type SavedThread, StorageError } from './storage.ts'
import { holdReply, isHeld, type TabMessage, type Watch, watchReply } from './tabs.ts'
import { createThrottle } from './throttle.ts'

/** How often a growing reply is told of. */
const tellEveryMs = 100
/** A storage that takes longer to read is not waited for. */
const loadMs = 3000

/** What a saved chat needs of the list it is in. */
export interface ThreadKeeper {
  /** A new one where there is none of that id. */
  threadOf(id: string): SavedThread
  titleOf(messages: readonly Message[]): string | undefined
  /** Rejects never: what cannot be read is not there. */
  load(threadId: string): Promise<readonly SavedMessage[]>
  /** Saves what it says soon, and tells it to every other chat and tab. */
  tell(message: TabMessage, from: SavedChat): void
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

/** What somebody says of a message; undefined where it is gone. */
type Told = readonly [id: string, placed: PlacedMessage | undefined]

interface Followed extends Watch {
  update(reply: Message): void
}

/** Shows the thread saved under the chat's id, and saves what becomes of it. */
export function saveChat(chat: ChatStore, keeper: ThreadKeeper): SavedChat {
  const { id: threadId } = chat
  /** What the storage and the other tabs know. */
  const known = new Map<string, PlacedMessage>()
  /** Looked at last. What a chat begins with is not saved before something becomes of it. */
  let seen = chat.getState()
  /** The replies that are written here, and how to say that they no longer are. */
  const written = new Map<string, () => void>()
  /** The replies that are written elsewhere. */
  const followed = new Map<string, Followed>()
  /** Those that were stopped here: until the end that their writer gave them is known, nothing more of them is shown. */
  const stopped = new Map<string, Watch>()
  const throttle = createThrottle(tellEveryMs, tick)
  let isClosed = false

  function collect(): void {
    if (!isClosed) tellChanges()
  }

  function tellChanges(): void {
    const state = chat.getState()
    if (state.messages === seen.messages && state.forks === seen.forks) return
    seen = state
    const flat = flattenThread(state)
    const changed = flat.messages.filter((each) => !isSame(each, known.get(each.message.id)))
    const hasNew = changed.some(({ message }) => !known.has(message.id))
    const ids = new Set(flat.messages.map(({ message }) => message.id))
    const gone = [...known.keys()].filter((id) => !ids.has(id))
    for (const each of changed) known.set(each.message.id, each)
    for (const id of gone) known.delete(id)
    const messages = [...changed.flatMap(encode), ...gone.map((id) => ({ threadId, id, parentId: '', place: 0 }))]
    const threads = changedThread(flat.shown.toSorted(), hasNew)
    if (messages.length + threads.length > 0) keeper.tell({ messages, threads }, self)
  }

  function changedThread(shown: readonly string[], hasNew: boolean): readonly SavedThread[] {
    const before = keeper.threadOf(threadId)
    const title = before.title || keeper.titleOf(seen.messages) || ''
    if (!hasNew && title === before.title && String(shown) === String(before.shown)) return []
    return [{ ...before, title, shown, ...(hasNew && { updatedAt: Date.now(), removedAt: undefined }) }]
  }

  function encode({ message, parentId, place }: PlacedMessage): readonly SavedMessage[] {
    try {
      return [{ threadId, id: message.id, parentId, place, json: JSON.stringify(encodeMessage(message)) }]
    } catch (cause) {
      keeper.failed(new StorageError('not-json', cause))
      return []
    }
  }

  function tick(): void {
    collect()
    const { replyIds } = chat.getState()
    const ended = [...written].filter(([id]) => !replyIds.includes(id))
    if (ended.length === 0) return
    for (const [id] of ended) written.delete(id)
    // Whoever waits for the reply to be left then finds its end saved.
    void keeper.flush().then(() => {
      for (const [, release] of ended) release()
    })
  }

  function onChange({ messages, forks, replyIds, queue, status }: ChatState, before?: ChatState): void {
    if (messages === before?.messages && forks === before.forks) return
    for (const id of replyIds) {
      if (followed.has(id) || written.has(id)) continue
      written.set(id, holdReply(keeper.lockOf(id)))
      unwatch(id)
    }
    const hasEnded = [...written.keys()].some((id) => !replyIds.includes(id))
    if (!hasEnded) throttle.later()
    // What is sent next, from the queue or in place of this, is told along with the end: no tab sends its own in between.
    else if (queue.length === 0 || status !== 'ready') queueMicrotask(throttle.now)
  }

  function receive({ messages = [], threads = [], stop, ask, purged }: TabMessage): void {
    if (stop && written.has(stop)) chat.stopMessage(stop)
    const asked = ask && written.has(ask) && known.get(ask)
    if (asked) keeper.tell({ messages: encode(asked) }, self)
    const told = messages.filter((row) => row.threadId === threadId).map(decode)
    const thread = threads.find(({ id }) => id === threadId)
    if (thread?.removedAt) chat.stopAll()
    if (told.length > 0 || thread) show(told, thread !== undefined)
    // Should it go on, it is saved anew, from its first message.
    if (purged === threadId) known.clear()
  }

  /** Takes over what others say. */
  function show(told: readonly Told[], isOtherPath: boolean): void {
    const news = told.filter(([id, placed]) => !written.has(id) && !(stopped.has(id) && isGrowing(placed)))
    const others = news.filter(([id]) => !followed.has(id))
    for (const [id, placed] of others) {
      unwatch(id)
      if (placed) known.set(id, placed)
      else known.delete(id)
    }
    if (others.length > 0 || isOtherPath) showThread(others)
    // With the end of a reply, what waits for it is sent: after what the others have sent.
    for (const [id, placed] of news) if (placed) grow(id, placed)
  }

  function showThread(news: readonly Told[]): void {
    const { shown } = keeper.threadOf(threadId)
    const thread = unflattenThread({ messages: [...known.values()], shown })
    const begun = news.filter(([, placed]) => isGrowing(placed))
    for (const [id] of begun) follow(thread, id)
    if (begun.length === 0) chat.setThread(thread)
    seen = chat.getState()
  }

  function follow(thread: Thread, id: string): void {
    const ask = () => keeper.tell({ ask: id }, self)
    const reply = { ...watchReply(keeper.lockOf(id), ask, () => left(id)), update: (_reply: Message) => {} }
    // Before it begins, so that it is not taken for one that is written here.
    followed.set(id, reply)
    reply.update = chat.follow(thread, id, () => {
      const placed = known.get(id)
      if (!placed) return
      // Whoever only goes away leaves it to the others.
      if (!isClosed) keeper.tell({ stop: id }, self)
      followed.delete(id)
      stopped.set(id, reply)
      const message = applyChunk(placed.message, { type: 'message-end', finishReason: 'aborted' })
      known.set(id, { ...placed, message })
      reply.update(message)
    })
    ask()
  }

  /** A reply that is written elsewhere has become this. */
  function grow(id: string, placed: PlacedMessage): void {
    const reply = followed.get(id)
    if (!reply) return
    known.set(id, placed)
    reply.heard()
    if (!isGrowing(placed)) {
      reply.end()
      followed.delete(id)
    }
    reply.update(placed.message)
  }

  /** The end of a reply that was stopped here is known. */
  function unwatch(id: string): void {
    stopped.get(id)?.end()
    stopped.delete(id)
  }

  /** Whoever wrote that reply is gone, or is done with it. */
  async function left(id: string): Promise<void> {
    const saved = new Map((await keeper.load(threadId)).map(decode)).get(id)
    const placed = known.get(id)
    if (!placed || written.has(id) || !(followed.has(id) || stopped.has(id))) return
    show([[id, saved && !isGrowing(saved) ? saved : interrupted(placed)]], false)
  }

  /** Nobody writes that reply any more. */
  function interrupted(placed: PlacedMessage): PlacedMessage {
    const ended = { ...placed, message: interruptMessage(placed.message) }
    keeper.tell({ messages: encode(ended) }, self)
    return ended
  }

  async function load(): Promise<void> {
    const told: Told[] = []
    const orphans: string[] = []
    const rows = await keeper.load(threadId)
    // What was left is for whoever is still there: StrictMode connects a chat twice.
    if (isClosed) return
    for (const row of rows) {
      const [id, placed] = decode(row)
      const isLeft = placed && isGrowing(placed) && !(await isHeld(keeper.lockOf(id)))
      if (isLeft) orphans.push(id)
      // What was heard since is newer.
      if (!known.has(id)) told.push([id, isLeft ? interrupted(placed) : placed])
    }
    if (isClosed || told.length === 0) return
    show(told, false)
    // It refuses what no server keeps.
    for (const id of orphans) keeper.resume?.(chat, id).catch(() => {})
  }

  const self: SavedChat = {
    receive,
    collect,
    close() {
      isClosed = true
      chat.stopAll()
      for (const id of stopped.keys()) unwatch(id)
      release()
      unsubscribe()
      tellChanges()
      tick()
      void keeper.flush()
    },
  }

  let release = () => {}
  const unsubscribe = chat.subscribe(onChange)
  chat.hold(
    new Promise<void>((resolve) => {
      release = resolve
    }),
  )
  setTimeout(release, loadMs)
  // The list says that it could not be read.
  load().then(release, release)
  onChange(seen)
  return self

  /** What cannot be read is not there, and not deleted. */
  function decode({ id, json, parentId, place }: SavedMessage): Told {
    try {
      return [id, json ? { message: decodeMessage(JSON.parse(json)), parentId, place } : undefined]
    } catch (cause) {
      keeper.failed(new StorageError('not-json', cause))
      return [id, undefined]
    }
  }
}

const isGrowing = (placed: PlacedMessage | undefined) => placed !== undefined && placed.message.status !== 'done'

function isSame(one: PlacedMessage, other: PlacedMessage | undefined): boolean {
  return one.message === other?.message && one.parentId === other.parentId && one.place === other.place
}
