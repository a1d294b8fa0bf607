/** Takes changes back. The unfinished last line is parsed as if it were complete, and that is undone when more of it comes. */
export interface Journal {
  /** Whether changes are for display only, to be undone. */
  readonly isRecording: boolean
  start(): void
  /** Undoes everything since `start`, the last change first, and records no more. */
  rollback(): void
  /** How to undo a change that was just made. */
  record(undo: () => void): void
  /** Changes a property. */
  set<Target, Key extends keyof Target>(target: Target, key: Key, value: Target[Key]): void
  push<Item>(list: Item[], item: Item): void
  pop<Item>(list: Item[]): void
}

export function createJournal(): Journal {
  let undos: (() => void)[] | undefined

  function record(undo: () => void): void {
    undos?.push(undo)
  }

  return {
    get isRecording() {
      return undos !== undefined
    },
    start() {
      undos = []
    },
    rollback() {
      const recorded = undos ?? []
      undos = undefined
      for (const undo of recorded.reverse()) undo()
    },
    record,
    set(target, key, value) {
      const old = target[key]
      if (old === value) return
      target[key] = value
      record(() => {
        target[key] = old
      })
    },
    push(list, item) {
      list.push(item)
      record(() => list.pop())
    },
    pop(list) {
      const item = list.pop()
      if (item !== undefined) record(() => list.push(item))
    },
  }
}
