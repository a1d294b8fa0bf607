/** A call of a tool, as far as the model of a chat goes. */
export interface ModelCall {
  readonly id: string
  readonly toolName: string
  state: 'input-streaming' | 'input-available' | 'approval-requested' | 'output-available' | 'output-error'
  isApproved: boolean
}

/** A message of the model: a node that knows what comes before it and all that comes after. It is changed in place. */
export interface ModelMessage {
  readonly role: 'user' | 'assistant'
  readonly model: string | undefined
  /** As the chat has it, once that was seen. */
  id?: string
  parent: ModelMessage | undefined
  children: ModelMessage[]
  /** Which of them is shown. */
  shown: number
  text: string
  /** Whether anything was ever said in it. */
  hasParts: boolean
  calls: ModelCall[]
  finishReason?: string | undefined
  errorCode?: string | undefined
  /** How many requests told what they used. */
  usages: number
  /** Counts changes: what has the same number has to be the same object. */
  version: number
}

export function createModelMessage(init: Pick<ModelMessage, 'role'> & Partial<ModelMessage>): ModelMessage {
  return {
    model: undefined,
    parent: undefined,
    children: [],
    shown: 0,
    text: '',
    hasParts: Boolean(init.text),
    calls: [],
    usages: 0,
    version: 0,
    ...init,
  }
}

/** The thread in the simplest way there is: every message points to its children and to the one that is shown. */
export class MessageTree {
  /** Comes before the first message, and is none. */
  readonly root = createModelMessage({ role: 'user' })

  /** What is shown, oldest first. */
  path(): readonly ModelMessage[] {
    const path: ModelMessage[] = []
    for (let at = this.root.children[this.root.shown]; at; at = at.children[at.shown]) path.push(at)
    return path
  }

  last(): ModelMessage | undefined {
    return this.path().at(-1)
  }

  all(from = this.root): readonly ModelMessage[] {
    return from.children.flatMap((child) => [child, ...this.all(child)])
  }

  has(message: ModelMessage): boolean {
    return this.all().includes(message)
  }

  isShown(message: ModelMessage): boolean {
    return message === this.root || this.path().includes(message)
  }

  pathTo(message: ModelMessage): readonly ModelMessage[] {
    return message === this.root ? [] : [...this.pathTo(message.parent ?? this.root), message]
  }

  add(message: ModelMessage, parent = this.last() ?? this.root): void {
    message.parent = parent
    parent.children.push(message)
    this.show(message)
  }

  show(message: ModelMessage): void {
    for (let at = message; at.parent; at = at.parent) at.parent.shown = at.parent.children.indexOf(at)
  }

  /** Branches beside messages that stay where they were are kept, the others are gone. */
  replace(messages: readonly ModelMessage[]): void {
    const before = new Set([this.root, ...this.path()])
    let parent = this.root
    for (const message of [...messages, undefined]) {
      const stays = before.has(parent) && message && parent.children[parent.shown] === message
      if (!stays) {
        parent.children = message ? [message] : []
        parent.shown = 0
      }
      if (!message) return
      message.parent = parent
      parent = message
    }
  }
}
