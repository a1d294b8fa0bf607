'use client'

import { useEffect, useState } from 'react'
import { type KeptKey, readKey, writeKey } from './kept-key.ts'

/** A key of the reader's, and how it is changed. */
export interface ApiKey {
  /** Undefined where there is none, and until the page is alive. */
  readonly kept: KeptKey | undefined
  keep(kept: KeptKey): void
  remove(): void
}

/** Everybody on the page who has a key, by any name. */
const holders = new Set<(name: string, kept: KeptKey | undefined) => void>()

/**
 * The key that the reader gave, kept where they chose to, under a name of the application's. All who ask for that name have
 * the same, and one that the browser keeps is removed in every tab. It is readable by every script of the page.
 */
export function useApiKey(name = 'millrace.key'): ApiKey {
  const [kept, setKept] = useState<KeptKey>()

  useEffect(() => {
    // Not while rendering: a server has no storage, and its page has to come out the same.
    setKept(readKey(name))
    const hear = (changed: string, next: KeptKey | undefined) => {
      if (changed === name) setKept(next)
    }
    const hearTabs = ({ key }: StorageEvent) => {
      // A storage that is cleared names no key. What is this page's or tab's own stays.
      if (key === name || key === null)
        setKept((before) => (before && before.place !== 'browser' ? before : readKey(name)))
    }
    holders.add(hear)
    addEventListener('storage', hearTabs)
    return () => {
      holders.delete(hear)
      removeEventListener('storage', hearTabs)
    }
  }, [name])

  function change(next: KeptKey | undefined): void {
    writeKey(name, next)
    for (const hear of holders) hear(name, next)
  }

  return { kept, keep: change, remove: () => change(undefined) }
}
