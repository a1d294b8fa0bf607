import type { Message } from './message.ts'

/**
 * Messages as a tree, kept as the one path through it that is shown, and what was put aside where it forks. Growing
 * the path, which a reply does all the time, so touches nothing but the path.
 */
export interface Thread {
  /** The active path, oldest first. */
  readonly messages: readonly Message[]
  /** What follows a message besides the path; by that message's id, `''` for the start of the thread. */
  readonly forks: ReadonlyMap<string, Fork>
}

export interface Fork {
  /** Which of the branches the path takes. */
  readonly active: number
  /** Each branch from its first message to its last; the active one is on the path and empty here. */
  readonly branches: readonly (readonly Message[])[]
}

export const emptyThread: Thread = { messages: [], forks: new Map() }

export function appendMessage(thread: Thread, message: Message): Thread {
  return { ...thread, messages: [...thread.messages, message] }
}

/** Replaces a message of the active path; another path is left alone. Every other message keeps its identity. */
export function updateMessage(thread: Thread, id: string, update: (message: Message) => Message): Thread {
  // The message that changes is nearly always the last one.
  const index = thread.messages.findLastIndex((message) => message.id === id)
  const message = thread.messages[index]
  return message ? { ...thread, messages: thread.messages.with(index, update(message)) } : thread
}

/** Puts what follows `parentId` aside as a branch and goes on with `message` instead. */
export function forkThread(thread: Thread, parentId: string, message: Message): Thread {
  const { kept, tail } = splitAfter(thread, parentId)
  if (tail.length === 0) return appendMessage(thread, message)
  const fork = thread.forks.get(parentId) ?? { active: 0, branches: [[]] }
  const branches = [...fork.branches.with(fork.active, tail), []]
  return {
    messages: [...kept, message],
    forks: new Map(thread.forks).set(parentId, { active: branches.length - 1, branches }),
  }
}

/** Where a message stands among the branches that start at its place: `{ index: 0, count: 1 }` without others. */
export function branchesOf(thread: Thread, messageId: string): { readonly index: number; readonly count: number } {
  const fork = thread.forks.get(parentIdOf(thread, messageId))
  return fork ? { index: fork.active, count: fork.branches.length } : { index: 0, count: 1 }
}

/** Goes on with the branch of that index in the place of `messageId`. An index that does not exist changes nothing. */
export function selectBranch(thread: Thread, messageId: string, index: number): Thread {
  const parentId = parentIdOf(thread, messageId)
  const fork = thread.forks.get(parentId)
  const branch = fork?.branches[index]
  if (!fork || !branch || index === fork.active) return thread
  const { kept, tail } = splitAfter(thread, parentId)
  const branches = fork.branches.with(fork.active, tail).with(index, [])
  return {
    messages: [...kept, ...branch],
    forks: new Map(thread.forks).set(parentId, { active: index, branches }),
  }
}

/** The id of the message before, `''` for the first one and for one that is not on the path. */
export function parentIdOf({ messages }: Thread, messageId: string): string {
  return messages[messages.findIndex((message) => message.id === messageId) - 1]?.id ?? ''
}

function splitAfter({ messages }: Thread, parentId: string) {
  const index = messages.findIndex((message) => message.id === parentId)
  return { kept: messages.slice(0, index + 1), tail: messages.slice(index + 1) }
}
