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
  const open = showMessage(thread, parentId)
  const { messages, forks } = open
  const place = placeAfter(messages, parentId)
  const rest = messages.slice(place)
  const next = { ...open, messages: [...messages.slice(0, place), message] }
  if (!rest[0]) return next
  const { ids, tails, shown } = forks.get(parentId) ?? { ids: [rest[0].id], tails: [[]], shown: 0 }
  const fork = { ids: [...ids, message.id], tails: [...tails.with(shown, rest), []], shown: ids.length }
  return { ...next, forks: new Map(forks).set(parentId, fork) }
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
  const hidden = hiddenPlace(thread, messageId)
  if (!hidden) return thread
  const { parentId, fork, index, tail } = hidden
  const open = showMessage(thread, parentId)
  const place = placeAfter(open.messages, parentId)
  const tails = fork.tails.with(fork.shown, open.messages.slice(place)).with(index, [])
  return {
    ...open,
    messages: [...open.messages.slice(0, place), ...tail],
    forks: new Map(open.forks).set(parentId, { ...fork, tails, shown: index }),
  }
}

/** A message of any branch. */
export function findMessage(thread: Thread, messageId: string): Message | undefined {
  // It is nearly always the last one.
  const shown = thread.messages.findLast(({ id }) => id === messageId)
  const hidden = shown ? undefined : hiddenPlace(thread, messageId)
  return shown ?? hidden?.tail[hidden.place]
}

/** The messages that lead to one and that one itself, oldest first, whether they are shown or not. */
export function pathTo(thread: Thread, messageId: string): readonly Message[] {
  const { messages } = thread
  const hidden = hiddenPlace(thread, messageId)
  if (!hidden) return messages.slice(0, placeAfter(messages, messageId))
  return [...pathTo(thread, hidden.parentId), ...hidden.tail.slice(0, hidden.place + 1)]
}

/** Changes a message of any branch; the others keep their identity. */
export function updateMessage<T extends Thread>(
  thread: T,
  messageId: string,
  update: (message: Message) => Message,
): T {
  const { messages, forks } = thread
  const place = messages.findLastIndex(({ id }) => id === messageId)
  const shown = messages[place]
  if (shown) return { ...thread, messages: messages.with(place, update(shown)) }
  const hidden = hiddenPlace(thread, messageId)
  const message = hidden?.tail[hidden.place]
  if (!hidden || !message) return thread
  const { parentId, fork, index, tail } = hidden
  const tails = fork.tails.with(index, tail.with(hidden.place, update(message)))
  return { ...thread, forks: new Map(forks).set(parentId, { ...fork, tails }) }
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
  if (new Set(follows.values()).size < messages.length) throw new TypeError('Two messages have the same id.')
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
  return { ...thread, messages, forks }
}

/** Where what follows a message begins; at the start for ''. */
function placeAfter(messages: readonly Message[], messageId: string): number {
  return messages.findLastIndex(({ id }) => id === messageId) + 1
}

/** Where a message is that is not shown. */
function hiddenPlace({ forks }: Thread, messageId: string) {
  for (const [parentId, fork] of forks) {
    for (const [index, tail] of fork.tails.entries()) {
      const place = tail.findIndex(({ id }) => id === messageId)
      if (place !== -1) return { parentId, fork, index, tail, place }
    }
  }
  return undefined
}
