import type { Message } from './message.ts'
import type { Fork, Thread } from './thread.ts'

/** A message, and where it stands. */
export interface PlacedMessage {
  readonly message: Message
  /** The id of the message before it; '' for one that begins the thread. */
  readonly parentId: string
  /** Its place among the messages after the same parent, oldest first. */
  readonly place: number
}

/** A thread as a list that can be kept a message at a time: nothing in it names what follows. */
export interface FlatThread {
  readonly messages: readonly PlacedMessage[]
  /** The message that is shown at each fork. */
  readonly shown: readonly string[]
}

/** Every message of every branch, with its place; those that are shown first, and each after its parent. */
export function flattenThread({ messages, forks }: Thread): FlatThread {
  const placed: PlacedMessage[] = []
  const shown: string[] = []
  function place(path: readonly Message[], firstParentId: string): void {
    let parentId = firstParentId
    for (const message of path) {
      const fork = forks.get(parentId)
      placed.push({ message, parentId, place: fork ? fork.ids.indexOf(message.id) : 0 })
      parentId = message.id
    }
  }
  place(messages, '')
  for (const [parentId, { ids, tails, shown: index }] of forks) {
    for (const tail of tails) place(tail, parentId)
    shown.push(ids[index] ?? '')
  }
  return { messages: placed, shown }
}

/**
 * The thread that was flattened, in whatever order its messages come. A fork of which nothing is shown shows its newest
 * message, and a message whose parent is not there begins the thread.
 */
export function unflattenThread({ messages, shown }: FlatThread): Thread {
  const shownIds = new Set(shown)
  const ids = new Set(messages.map(({ message }) => message.id))
  const children = new Map<string, Message[]>()
  for (const { message, parentId } of messages.toSorted(byPlace)) {
    const parent = ids.has(parentId) ? parentId : ''
    const siblings = children.get(parent)
    if (siblings) siblings.push(message)
    else children.set(parent, [message])
  }
  const forks = new Map<string, Fork>()
  function pathFrom(first?: Message): readonly Message[] {
    const path = first ? [first] : []
    for (;;) {
      const parentId = path.at(-1)?.id ?? ''
      const siblings = children.get(parentId) ?? []
      const next = siblings.find(({ id }) => shownIds.has(id)) ?? siblings.at(-1)
      if (!next) return path
      if (siblings.length > 1) {
        const tails = siblings.map((sibling) => (sibling === next ? [] : pathFrom(sibling)))
        forks.set(parentId, { ids: siblings.map(({ id }) => id), tails, shown: siblings.indexOf(next) })
      }
      path.push(next)
    }
  }
  return { messages: pathFrom(), forks }
}

/** Two messages that were added at the same place, in two tabs say, stand in an order that all agree on. */
function byPlace(one: PlacedMessage, other: PlacedMessage): number {
  const sooner = one.place - other.place || one.message.createdAt - other.message.createdAt
  return sooner || (one.message.id < other.message.id ? -1 : 1)
}
