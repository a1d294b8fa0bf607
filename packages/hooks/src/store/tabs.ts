import type { SavedMessage, StorageChanges } from './storage.ts'

/** What one tab tells the others. */
export interface TabMessage extends Partial<StorageChanges> {
  /** The id of a thread that is deleted for good. */
  readonly purged?: string
  /** The id of a reply that whoever writes it shall stop. */
  readonly stop?: string
  /** The id of a reply; whoever writes it tells of it again. */
  readonly ask?: string
  /** Replies whose calls were told something where they are only shown; whoever writes them tells them. */
  readonly answered?: readonly SavedMessage[]
}

/** Without Web Locks: how often a writer is asked whether it is there, and how many silences mean that it is not. */
const askEveryMs = 1000
const mostSilences = 3

// Pages that are no secure context have none.
const locks = () => globalThis.navigator?.locks as LockManager | undefined

/** Tells all tabs that a reply is written here, until that is called or the tab is gone. */
export function holdReply(name: string): () => void {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  locks()
    ?.request(name, () => released)
    .catch(() => {})
  return release
}

export interface Watch {
  /** The reply was heard of. */
  heard(): void
  end(): void
}

/** @param onLeft The tab that writes the reply has gone away, or nobody writes it. */
export function watchReply(name: string, ask: () => void, onLeft: () => void): Watch {
  const controller = new AbortController()
  let silences = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const manager = locks()
  if (manager) manager.request(name, controller, onLeft).catch(() => {})
  else
    timer = setInterval(() => {
      if (silences++ < mostSilences) ask()
      else onLeft()
    }, askEveryMs)
  return {
    heard() {
      silences = 0
    },
    end() {
      controller.abort()
      clearInterval(timer)
    },
  }
}
