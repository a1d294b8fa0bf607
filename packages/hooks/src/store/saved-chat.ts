import {
  applyChunk,
  flattenThread,
  interruptMessage,
  type Message,
  type PlacedMessage,
  type Thread,
  unflattenThread,
} from '@millrace/core'
import type { ChatStore } from './chat.ts'
import type { ChatState } from './chat-state.ts'
import { createMessageRows, type Told } from './message-rows.ts'
import { loopOf } from './resolve-options.ts'
import type { SavedThread } from './storage.ts'
import { holdReply, type TabMessage, type Watch, watchReply } from './tabs.ts'
import type { SavedChat, ThreadKeeper } from './thread-keeper.ts'
import { createThrottle } from './throttle.ts'

/** How often a growing reply is told of. */
const tellEveryMs = 100
/** A storage that takes longer to read is not waited for. */
const loadMs = 3000

interface Followed extends Watch {
  update(reply: Message): void
}

/** Shows the thread saved under the chat's id, and saves what becomes of it. */
export function saveChat(chat: ChatStore, keeper: ThreadKeeper): SavedChat {
  const { id: threadId } = chat
  const { encode, decode } = createMessageRows(threadId, keeper.failed)
  /** What the storage and the other tabs know. */
  const known = new Map<string, PlacedMessage>()
  /** Looked at last. What a chat begins with is not saved before something becomes of it. */
  let seen = chat.getState()
  /** The replies that are written here, and how to say that they no longer are. */
  const written = new Map<string, () => void>()
  /** The replies that are written elsewhere. */
  const followed = new Map<string, Followed>()
  /**
   * Those that were stopped here: until the end that their writer gave them is known, nothing more of them is shown. Of what
   * was deleted since, not even that.
   */
  const stopped = new Map<string, Watch>()
  /** Those of them whose calls were told something here, as they then were. */
  const answered = new Map<string, Message>()
  const throttle = createThrottle(tellEveryMs, tick)
  /** Its thread was read, or is not waited for any more. Before that, nothing is known of where a message stands. */
  let isRead = false
  /** What was shown at each fork when that was looked at last. */
  let path = ''
  let isClosed = false

  function collect(): void {
    if (isRead && !isClosed) tellChanges()
  }

  function tellChanges(): void {
    const state = chat.getState()
    if (state.messages === seen.messages && state.forks === seen.forks) return
    seen = state
    const flat = flattenThread(state)
    const ids = new Set(flat.messages.map(({ message }) => message.id))
    const gone = [...known.keys()].filter((id) => !ids.has(id))
    const hasNew = flat.messages.some(({ message }) => !known.has(message.id))
    // Other places are news only where something came or went here. Whoever knows more messages sees them there as well: two
    // tabs would tell each other so for ever.
    const isInPlace = !hasNew && !gone[0]
    const changed = flat.messages.filter((each) => !isSame(each, known.get(each.message.id), isInPlace))
    // What is written elsewhere is saved there: here it may be older.
    const own = changed.filter(({ message }) => !followed.has(message.id))
    const others = changed.filter(({ message }) => followed.has(message.id))
    // First: whoever names threads may make a mistake, and then nothing of this is known.
    const threads = changedThread(flat.shown.toSorted(), hasNew)
    const canWait = !gone[0] && !threads[0]
    if (!changed[0] && canWait) return
    for (const { message } of others) answered.set(message.id, message)
    for (const each of own) known.set(each.message.id, each)
    for (const id of gone) known.delete(id)
    const messages = [...own.flatMap(encode), ...gone.map((id) => ({ threadId, id, parentId: '', place: 0 }))]
    keeper.tell({ messages, threads, answered: others.flatMap(encode) }, self, canWait && own.every(isGrowing))
  }

  function changedThread(shown: readonly string[], hasNew: boolean): readonly SavedThread[] {
    const before = keeper.threadOf(threadId)
    const title = before.title || keeper.titleOf(seen.messages) || ''
    const lastPath = path
    path = shown.join()
    // Nor is a path that others see otherwise.
    if (!hasNew && title === before.title && (path === lastPath || path === before.shown.join())) return []
    return [{ ...before, title, shown, ...(hasNew && { updatedAt: Date.now(), removedAt: undefined }) }]
  }

  function tick(): void {
    collect()
    const { replyIds } = chat.getState()
    for (const [id, release] of written) {
      if (replyIds.includes(id)) continue
      written.delete(id)
      // Whoever waits for the reply to be left then finds its end saved.
      void keeper.flush().then(release)
    }
  }

  function onChange({ messages, forks, replyIds, queue, status }: ChatState, before?: ChatState): void {
    if (messages === before?.messages && forks === before.forks && queue === before.queue) return
    for (const id of replyIds) {
      if (followed.has(id) || written.has(id)) continue
      written.set(id, holdReply(keeper.lockOf(id)))
      unwatch(id)
    }
    const hasEnded = [...written.keys()].some((id) => !replyIds.includes(id))
    // What was just asked is told and saved at once.
    if (!hasEnded) throttle[replyIds === before?.replyIds ? 'later' : 'now']()
    // What is sent next, from the queue or in place of this, is told along with the end: no tab sends its own in between.
    else if (queue.length === 0 || status !== 'ready') queueMicrotask(throttle.now)
  }

  function receive({ messages = [], threads = [], answered: rows = [], stop, ask, purged }: TabMessage): void {
    for (const [id, placed] of rows.map(decode)) if (written.has(id)) give(placed?.message)
    if (stop && written.has(stop)) chat.stopMessage(stop)
    const asked = ask && written.has(ask) && known.get(ask)
    if (asked) keeper.tell({ messages: encode(asked) }, self)
    const thread = threads.find(({ id }) => id === threadId)
    if (thread?.removedAt) chat.stopAll()
    show(messages.filter((row) => row.threadId === threadId).map(decode), thread)
    // Should it go on, it is saved anew, from its first message.
    if (purged === threadId) known.clear()
  }

  /** Takes over what others say. */
  function show(told: readonly Told[], otherPath?: SavedThread): void {
    // What is gone is over, wherever it was written: before anything else, while all of it is still known.
    for (const [id, placed] of told) if (!placed) chat.stopMessage(id)
    // Nobody knows more of what is written here. What was stopped here has ended, and of what was deleted since all is late.
    const news = told.filter(
      ([id, placed]) => !placed || !(written.has(id) || (stopped.has(id) && (isGrowing(placed) || !known.has(id)))),
    )
    const others = news.filter(([id]) => !followed.has(id))
    for (const [id, placed] of others) {
      unwatch(id)
      if (placed) known.set(id, placed)
      else known.delete(id)
    }
    if (others[0] || otherPath) {
      const thread = unflattenThread({ messages: [...known.values()], shown: keeper.threadOf(threadId).shown })
      const begun = others.filter(([, placed]) => isGrowing(placed))
      for (const [id] of begun) follow(thread, id)
      if (!begun[0]) chat.setThread(thread)
    }
    // With the end of a reply, what waits for it is sent: after what the others have sent.
    for (const [id, placed] of news) if (placed) grow(id, placed)
  }

  function follow(thread: Thread, id: string): void {
    const ask = () => keeper.tell({ ask: id }, self)
    const watch = watchReply(keeper.lockOf(id), ask, () => left(id))
    const reply: Followed = { ...watch, update() {} }
    // Before it begins, so that it is not taken for one that is written here.
    followed.set(id, reply)
    reply.update = chat.follow(thread, id, () => {
      const placed = known.get(id)
      if (!placed) return
      // Whoever only goes away leaves it to the others. Where it is deleted, that is told first, and its end is no news.
      if (!isClosed) queueMicrotask(() => keeper.tell({ stop: id }, self))
      followed.delete(id)
      stopped.set(id, reply)
      const message = applyChunk(placed.message, { type: 'message-end', finishReason: 'aborted' })
      known.set(id, { ...placed, message })
      reply.update(message)
    })
    // The answer may come at once, and is newer than what is still to be shown.
    queueMicrotask(ask)
  }

  /** A reply that is written elsewhere has become this. */
  function grow(id: string, placed: PlacedMessage): void {
    const reply = followed.get(id)
    if (!reply) return
    known.set(id, placed)
    reply.heard()
    if (isGrowing(placed)) return reply.update(placed.message)
    reply.end()
    followed.delete(id)
    reply.update(placed.message)
    // It was too late for whoever wrote it.
    give(answered.get(id))
    answered.delete(id)
  }

  /** Tells calls what they were told where their reply is only shown. */
  function give(reply: Message | undefined): void {
    if (reply) loopOf(chat.getOptions())?.giveAnswers(chat, reply)
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
    const reply = followed.get(id)
    if (!placed || written.has(id) || !(stopped.has(id) || reply)) return unwatch(id)
    if (saved && !isGrowing(saved)) return show([[id, saved]])
    // Nothing runs by itself that may have been run before.
    answered.delete(id)
    const ended = { ...placed, message: interruptMessage(placed.message) }
    keeper.tell({ messages: encode(ended) }, self)
    show([[id, ended]])
    // That is no failure of what was asked for here, which may have one of its own.
    if (chat.getState().error === ended.message.error) chat.clearError()
    // The lock is this tab's until then: the next one that waits for it finds an end. What no server keeps is refused.
    if (reply) await keeper.resume?.(chat, id).catch(() => {})
    await keeper.flush()
  }

  async function load(): Promise<void> {
    const rows = await keeper.load(threadId)
    // StrictMode connects a chat twice.
    if (isClosed) return
    // What was heard since is newer. Who waits for a reply that nobody writes any more is told so at once.
    show(rows.map(decode).filter(([id]) => !known.has(id)))
  }

  const self: SavedChat = {
    receive,
    collect,
    close() {
      isClosed = true
      chat.stopAll()
      for (const id of stopped.keys()) unwatch(id)
      unsubscribe()
      tellChanges()
      tick()
    },
  }

  const unsubscribe = chat.subscribe(onChange)
  const isLate = new Promise((resolve) => setTimeout(resolve, loadMs))
  const read = Promise.race([load(), isLate]).then(() => {
    isRead = true
  })
  // The list says that it could not be read.
  chat.hold(read)
  onChange(seen)
  return self
}

const isGrowing = (placed: PlacedMessage | undefined) => placed && placed.message.status !== 'done'

function isSame(one: PlacedMessage, other: PlacedMessage | undefined, isInPlace: boolean): boolean {
  return one.message === other?.message && (isInPlace || (one.parentId === other.parentId && one.place === other.place))
}
