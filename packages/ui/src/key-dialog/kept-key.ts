/** How long a key lives: as long as the page, its tab, or until it is removed. */
export type KeyPlace = 'page' | 'tab' | 'browser'

/** A key, where it is kept, and whose it is. */
export interface KeptKey {
  readonly key: string
  readonly place: KeyPlace
  /** The id of the provider that it is for. */
  readonly provider: string
}

const storageOf = (place: KeyPlace): Storage | undefined =>
  place === 'page' ? undefined : place === 'tab' ? globalThis.sessionStorage : globalThis.localStorage

/** The key that a page before has kept under that name; a tab's own goes before the browser's. */
export function readKey(name: string): KeptKey | undefined {
  for (const place of ['tab', 'browser'] as const) {
    try {
      const kept: unknown = JSON.parse(storageOf(place)?.getItem(name) ?? 'null')
      if (isKept(kept)) return { key: kept.key, provider: kept.provider, place }
    } catch {
      // A browser that keeps nothing, or something else under this name.
    }
  }
  return undefined
}

/**
 * Keeps a key in its place and nowhere else; undefined removes it. What a browser refuses to keep lives as long as the page.
 */
export function writeKey(name: string, kept: KeptKey | undefined): void {
  for (const place of ['tab', 'browser'] as const) {
    try {
      if (kept?.place === place)
        storageOf(place)?.setItem(name, JSON.stringify({ key: kept.key, provider: kept.provider }))
      else storageOf(place)?.removeItem(name)
    } catch {
      // As above.
    }
  }
}

function isKept(value: unknown): value is Omit<KeptKey, 'place'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    typeof value.key === 'string' &&
    'provider' in value &&
    typeof value.provider === 'string'
  )
}
