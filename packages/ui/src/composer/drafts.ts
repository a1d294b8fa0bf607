/** Where drafts are kept: a `Storage` of the browser, or something like it. It may throw. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What was written and not sent. Nothing here throws: what cannot be kept lives as long as the page. */
export interface Drafts {
  /** '' where there is none; undefined where that cannot be known. */
  read(id: string): string | undefined
  /** '' forgets it. @returns whether it is kept. */
  write(id: string, text: string): boolean
  /** Called when another page of the browser changes a draft; returns how to stop that. */
  onChange(listener: () => void): () => void
}

const key = 'millrace.drafts'
/** Threads that were removed leave theirs behind; those written last stay. */
const mostKept = 50

/** Oldest first. An object would begin with the ids that are numbers. */
type Saved = readonly [id: string, text: string]

const isSaved = (entry: unknown): entry is Saved => Array.isArray(entry) && typeof entry[1] === 'string'

/** @param given Default: `localStorage`. */
export function createDrafts(given?: DraftStorage): Drafts {
  // Merely to name it throws where the browser keeps nothing.
  const storage = () => given ?? globalThis.localStorage

  function readAll(): Saved[] | undefined {
    try {
      const saved: unknown = JSON.parse(storage().getItem(key) ?? '[]')
      return Array.isArray(saved) ? saved.filter(isSaved) : []
    } catch {
      return undefined
    }
  }

  return {
    read(id) {
      const all = readAll()
      return all && (all.find(([each]) => each === id)?.[1] ?? '')
    },
    write(id, text) {
      const others = (readAll() ?? []).filter(([each]) => each !== id)
      const kept = text === '' ? others : [...others, [id, text] as const].slice(-mostKept)
      try {
        if (kept.length > 0) storage().setItem(key, JSON.stringify(kept))
        else storage().removeItem(key)
        return true
      } catch {
        // Full, or not allowed.
        return false
      }
    },
    onChange(listener) {
      const hear = ({ key: changed }: StorageEvent) => {
        // A storage that is cleared names no key.
        if (changed === key || changed === null) listener()
      }
      globalThis.addEventListener('storage', hear)
      return () => globalThis.removeEventListener('storage', hear)
    },
  }
}
