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

/**
 * The key that the reader gave, kept where they chose to, under a name of the application's.
 * It is readable by every script of the page.
 */
export function useApiKey(name = 'millrace.key'): ApiKey {
  const [kept, setKept] = useState<KeptKey>()
  // Not while rendering: a server has no storage, and its page has to come out the same.
  useEffect(() => setKept(readKey(name)), [name])

  function change(next: KeptKey | undefined): void {
    writeKey(name, next)
    setKept(next)
  }

  return { kept, keep: change, remove: () => change(undefined) }
}
