'use client'

import { useRef, useState } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import type { Completion, Token } from './trigger.ts'

/** What a search has come to. */
export interface Found {
  readonly status: 'found' | 'searching' | 'failed'
  readonly completions: readonly Completion[]
}

const none: Found = { status: 'found', completions: [] }
const failed: Found = { status: 'failed', completions: [] }

/** What goes with a token. While a search is on its way, what was found behind the same sign stays to be seen. */
export function useFound(token: Token | undefined): Found {
  const [found, setFound] = useState(none)
  const { trigger, query } = token ?? {}
  const latest = useRef(token)
  /** Whose completions are seen. */
  const shownFor = useRef<string>(undefined)

  useIsomorphicLayoutEffect(() => {
    latest.current = token
  })

  // Before the paint: a list that is at hand does not lag behind the letters. The sign says which trigger it is, as hosts may
  // make new ones on every render.
  useIsomorphicLayoutEffect(() => {
    const trigger = latest.current?.trigger
    if (!trigger || query === undefined) {
      setFound(none)
      return
    }
    if (trigger.char !== shownFor.current) setFound(none)
    shownFor.current = trigger.char
    const searching = new AbortController()
    const tell: Parameters<typeof search>[3] = (next) => {
      if (!searching.signal.aborted) setFound(next)
    }
    search(trigger.search, query, searching.signal, tell)
    return () => searching.abort()
  }, [trigger?.char, query])

  return found
}

function search(
  find: Token['trigger']['search'],
  query: string,
  signal: AbortSignal,
  tell: (found: Found | ((before: Found) => Found)) => void,
): void {
  try {
    const result = find(query, signal)
    if (!('then' in result)) return tell({ status: 'found', completions: result })
    tell(({ completions }) => ({ status: 'searching', completions }))
    result.then(
      (completions) => tell({ status: 'found', completions }),
      () => tell(failed),
    )
  } catch {
    tell(failed)
  }
}
