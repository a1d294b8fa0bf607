/** The keys of one upstream, each used in turn. */
export interface KeyRing {
  readonly size: number
  /** The next one; those that were set aside come when no other is left. Nothing where there are none. */
  next(): string | undefined
  /** Passes a key over for so long. */
  setAside(key: string, ms: number): void
}

export function createKeyRing(keys: readonly string[]): KeyRing {
  const usableFrom = new Map(keys.map((key) => [key, 0]))
  let turn = 0

  return {
    size: keys.length,
    next() {
      const inTurn = keys.map((_, index) => keys[(turn + index) % keys.length] ?? '')
      const now = Date.now()
      const waitOf = (key: string) => Math.max(0, (usableFrom.get(key) ?? 0) - now)
      // The first of those that have to wait least.
      const key = inTurn.reduce<string | undefined>(
        (best, next) => (best === undefined || waitOf(next) < waitOf(best) ? next : best),
        undefined,
      )
      if (key !== undefined) turn = (keys.indexOf(key) + 1) % keys.length
      return key
    },
    setAside: (key, ms) => void usableFrom.set(key, Date.now() + ms),
  }
}
