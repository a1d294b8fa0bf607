import type { CallAnswer } from './call-answers.ts'
import type { StorageChanges } from './storage.ts'

/** What one tab tells the others. */
export interface TabMessage extends Partial<StorageChanges> {
  /** The id of a thread that is deleted for good. */
  readonly purged?: string
  /** The id of a reply that whoever writes it shall stop. */
  readonly stop?: string
  /** The id of a reply; whoever writes it tells of it again. */
  readonly ask?: string
  /** What calls of a reply were told; whoever writes it tells them. */
  readonly answers?: readonly (readonly [replyId: string, answer: CallAnswer])[]
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

/** Whether a tab may be writing that reply. */
export async function isHeld(name: string): Promise<boolean> {
  const held = locks()?.request(name, { ifAvailable: true }, (lock) => !lock)
  return (await held?.catch(() => false)) ?? true
}

export interface Watch {
  /** The reply was heard of. */
  heard(): void
  end(): void
}

/** @param onLeft The tab that writes the reply has gone away, or nobody writes it. */
export function watchReply(name: string, ask: () => void, onLeft: () => void): Watch {
  const controller = new AbortController()
  const { signal } = controller
  let silences = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const manager = locks()
  if (manager) manager.request(name, { signal }, onLeft).catch(() => {})
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
