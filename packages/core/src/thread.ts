import type { Message } from './message.ts'

/** Where a thread goes on in more than one way. */
export interface Fork {
  /** The messages that begin the branches, oldest first. */
  readonly ids: readonly string[]
  /** Each branch from its first message on; the one that is shown is empty here, for the thread's `messages` have it. */
  readonly tails: readonly (readonly Message[])[]
  /** Which one is shown, or was when its fork was left. */
  readonly shown: number
}

/** Messages as a tree, of which one path is shown. It is never mutated, and every message has an id of its own. */
export interface Thread {
  /** The path that is shown, oldest first. */
  readonly messages: readonly Message[]
  /** By the id of the message that comes before; '' before the first. */
  readonly forks: ReadonlyMap<string, Fork>
}

/**
 * A thread of one path.
 * @throws {TypeError} where two messages have the same id.
 */
export function createThread(messages: readonly Message[] = []): Thread {
  return replaceMessages({ messages: [], forks: new Map() }, messages)
}

/** Shows a message after the one named, beside what follows that already. Default: at the end. */
export function addMessage<T extends Thread>(
  thread: T,
  message: Message,
  parentId = thread.messages.at(-1)?.id ?? '',
): T {
  const [open, before, rest] = openAt(thread, parentId)
  const next = { ...open, messages: [...before, message] }
  if (!rest[0]) return next
  const { ids, tails, shown } = open.forks.get(parentId) ?? { ids: [rest[0].id], tails: [[]], shown: 0 }
  return withFork(next, parentId, {
    ids: [...ids, message.id],
    tails: [...tails.with(shown, rest), []],
    shown: ids.length,
  })
}

/** The ids of a message and of those in its place on other branches, oldest first. Stays the same array while they do. */
export function siblingsOf({ forks }: Thread, messageId: string): readonly string[] {
  for (const { ids } of forks.values()) if (ids.includes(messageId)) return ids
  return [messageId]
}

/** Shows the sibling at that index instead, with what followed when it was shown last. Without one, nothing changes. */
export function selectBranch<T extends Thread>(thread: T, messageId: string, index: number): T {
  return showMessage(thread, siblingsOf(thread, messageId)[index] ?? '')
}

/** Shows the path through that message, as it was left. */
export function showMessage<T extends Thread>(thread: T, messageId: string): T {
  const [tail, , hidden] = placeOf(thread, messageId)
  if (!hidden) return thread
  const { parentId, fork, index } = hidden
  const [open, before, rest] = openAt(thread, parentId)
  const tails = fork.tails.with(fork.shown, rest).with(index, [])
  return withFork({ ...open, messages: [...before, ...tail] }, parentId, { ...fork, tails, shown: index })
}

/** A message of any branch. */
export function findMessage(thread: Thread, messageId: string): Message | undefined {
  const [tail, place] = placeOf(thread, messageId)
  return tail[place]
}

/** The messages that lead to one and that one itself, oldest first, whether they are shown or not. */
export function pathTo(thread: Thread, messageId: string): readonly Message[] {
  const [tail, place, hidden] = placeOf(thread, messageId)
  return [...(hidden ? pathTo(thread, hidden.parentId) : []), ...tail.slice(0, place + 1)]
}

/** What follows a message, as it is shown, or was when its branch was left. Before the first stands ''. */
export function pathAfter(thread: Thread, messageId: string): readonly Message[] {
  const [, , rest] = openAt(thread, messageId)
  return rest
}

/** Changes a message of any branch; the others keep their identity. */
export function updateMessage<T extends Thread>(
  thread: T,
  messageId: string,
  update: (message: Message) => Message,
): T {
  const [tail, place, hidden] = placeOf(thread, messageId)
  const message = tail[place]
  if (!message) return thread
  const messages = tail.with(place, update(message))
  if (!hidden) return { ...thread, messages }
  const { parentId, fork, index } = hidden
  return withFork(thread, parentId, { ...fork, tails: fork.tails.with(index, messages) })
}

/** Every message of every branch, those that are shown first. */
export function allMessages({ messages, forks }: Thread): readonly Message[] {
  return [...messages, ...[...forks.values()].flatMap(({ tails }) => tails.flat())]
}

/**
 * Shows these messages. Branches beside those that stay where they were are kept, the others are gone.
 * @throws {TypeError} where two messages have the same id.
 */
export function replaceMessages<T extends Thread>(thread: T, messages: readonly Message[]): T {
  const follows = new Map(messages.map(({ id }, index) => [messages[index - 1]?.id ?? '', id]))
  const wasShown = new Set(['', ...thread.messages.map(({ id }) => id)])
  const forks = new Map<string, Fork>()
  function keepFork(parentId: string): void {
    const fork = thread.forks.get(parentId)
    if (!fork || (wasShown.has(parentId) && follows.get(parentId) !== fork.ids[fork.shown])) return
    forks.set(parentId, fork)
    // What is not shown may fork again.
    for (const { id } of fork.tails.flat()) keepFork(id)
  }
  for (const parentId of ['', ...follows.values()]) keepFork(parentId)
  const next = { ...thread, messages, forks }
  const ids = allMessages(next).map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw new TypeError('Two messages have the same id.')
  return next
}

function withFork<T extends Thread>(thread: T, parentId: string, fork: Fork): T {
  return { ...thread, forks: new Map(thread.forks).set(parentId, fork) }
}

/** Shows a message, and tells what is shown up to it and what follows it. Before the first stands ''. */
function openAt<T extends Thread>(thread: T, messageId: string) {
  const open = showMessage(thread, messageId)
  const [tail, place] = placeOf(open, messageId)
  return [open, tail.slice(0, place + 1), tail.slice(place + 1)] as const
}

/** Where a branch that is not shown hangs. */
interface Hidden {
  readonly parentId: string
  readonly fork: Fork
  readonly index: number
}

type Place = readonly [tail: readonly Message[], place: number, hidden?: Hidden]

/** Where a message is, on the path that is shown or on a branch of a fork; at -1 where there is none of that id. */
function placeOf({ messages, forks }: Thread, messageId: string): Place {
  const isIt = ({ id }: Message) => id === messageId
  // It is nearly always the last one that is shown.
  const shown = messages.findLastIndex(isIt)
  for (const [parentId, fork] of shown < 0 ? forks : []) {
    for (const [index, tail] of fork.tails.entries()) {
      const place = tail.findIndex(isIt)
      if (place >= 0) return [tail, place, { parentId, fork, index }]
    }
  }
  return [messages, shown]
}
