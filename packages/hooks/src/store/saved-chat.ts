import {
  applyChunk,
  flattenThread,
  interruptMessage,
  type Message,
  type PlacedMessage,
  type Thread,
  unflattenThread,
} from '@millrace/core'
import type { PendingAnswers } from './call-answers.ts'
import type { ChatStore } from './chat.ts'
import type { ChatState } from './chat-state.ts'
import { createMessageRows, type Told } from './message-rows.ts'
import { loopOf } from './resolve-options.ts'
import type { SavedThread } from './storage.ts'
import { holdReply, isHeld, type TabMessage, type Watch, watchReply } from './tabs.ts'
import type { SavedChat, ThreadKeeper } from './thread-keeper.ts'
import { createThrottle } from './throttle.ts'

/** How often a growing reply is told of. */
const tellEveryMs = 100
/** A storage that takes longer to read is not waited for. */
const loadMs = 3000

interface Followed extends Watch {
  update(reply: Message): void
  answers: PendingAnswers | undefined
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
  /** Those that were stopped here: until the end that their writer gave them is known, nothing more of them is shown. */
  const stopped = new Map<string, Watch>()
  const throttle = createThrottle(tellEveryMs, tick)
  const loop = () => loopOf(chat.getOptions())
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
    const answers = changed.flatMap(({ message }) => {
      const before = known.get(message.id)
      return (before && followed.get(message.id)?.answers?.add(before.message, message)) ?? []
    })
    // What is written elsewhere is saved there: here it may be older.
    const own = changed.filter(({ message }) => !followed.has(message.id))
    for (const each of own) known.set(each.message.id, each)
    for (const id of gone) known.delete(id)
    const messages = [...own.flatMap(encode), ...gone.map((id) => ({ threadId, id, parentId: '', place: 0 }))]
    const threads = changedThread(flat.shown.toSorted(), hasNew)
    const canWait = own.every(isGrowing) && gone.length + threads.length === 0
    if (messages.length + threads.length + answers.length > 0)
      keeper.tell({ messages, threads, answers }, self, canWait)
  }

  function changedThread(shown: readonly string[], hasNew: boolean): readonly SavedThread[] {
    const before = keeper.threadOf(threadId)
    const title = before.title || keeper.titleOf(seen.messages) || ''
    if (!hasNew && title === before.title && String(shown) === String(before.shown)) return []
    return [{ ...before, title, shown, ...(hasNew && { updatedAt: Date.now(), removedAt: undefined }) }]
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
    // What was just asked is told and saved at once.
    if (!hasEnded) throttle[replyIds === before?.replyIds ? 'later' : 'now']()
    // What is sent next, from the queue or in place of this, is told along with the end: no tab sends its own in between.
    else if (queue.length === 0 || status !== 'ready') queueMicrotask(throttle.now)
  }

  function receive({ messages = [], threads = [], answers = [], stop, ask, purged }: TabMessage): void {
    for (const [id, answer] of answers) if (written.has(id)) loop()?.giveAnswer(chat, answer)
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
    const watch = watchReply(keeper.lockOf(id), ask, () => left(id))
    const reply: Followed = { ...watch, update: () => {}, answers: loop()?.createPendingAnswers(chat) }
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
    // The answer may come at once, and is newer than what is still to be shown.
    queueMicrotask(ask)
  }

  /** A reply that is written elsewhere has become this. */
  function grow(id: string, placed: PlacedMessage): void {
    const reply = followed.get(id)
    if (!reply) return
    known.set(id, placed)
    reply.heard()
    reply.answers?.heard(placed.message)
    if (isGrowing(placed)) return reply.update(placed.message)
    reply.end()
    followed.delete(id)
    reply.update(placed.message)
    reply.answers?.giveAll()
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
    if (!placed || written.has(id) || !(reply || stopped.has(id))) return
    if (saved && !isGrowing(saved)) return show([[id, saved]], false)
    // Nothing runs by itself that may have been run before.
    if (reply) reply.answers = undefined
    show([[id, interrupted(placed)]], false)
    // The lock is this tab's until then: the next one that waits for it finds an end.
    if (reply) await takeUp(id)
    await keeper.flush()
  }

  /** It refuses what no server keeps. */
  async function takeUp(id: string): Promise<void> {
    await keeper.resume?.(chat, id).catch(() => {})
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
    for (const id of orphans) void takeUp(id)
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
}

const isGrowing = (placed: PlacedMessage | undefined) => placed !== undefined && placed.message.status !== 'done'

function isSame(one: PlacedMessage, other: PlacedMessage | undefined): boolean {
  return one.message === other?.message && one.parentId === other.parentId && one.place === other.place
}
