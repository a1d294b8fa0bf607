'use client'

import type { SavedThread, Threads } from '@millrace/hooks'
import { useEffect, useMemo, useState } from 'react'

/** Whoever types searches once: it reads every thread. */
const searchAfterMs = 150

/**
 * Those of the listed threads that say a text, newest first. Undefined without a text, and until the first search is done;
 * then what was found last stays until the next is.
 */
export function useFound(
  threads: Threads,
  listed: readonly SavedThread[],
  text: string,
): readonly SavedThread[] | undefined {
  const [foundIds, setFoundIds] = useState<ReadonlySet<string>>()
  const sought = text.trim()

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in the list may have changed along with it.
  useEffect(() => {
    if (sought === '') return setFoundIds(undefined)
    let isLatest = true
    const timer = setTimeout(async () => {
      const found = await threads.search(sought)
      if (isLatest) setFoundIds(new Set(found.map(({ id }) => id)))
    }, searchAfterMs)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [threads, listed, sought])

  return useMemo(
    () => (sought !== '' && foundIds ? listed.filter(({ id }) => foundIds.has(id)) : undefined),
    [listed, sought, foundIds],
  )
}
