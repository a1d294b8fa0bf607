'use client'

import { useEffect, useReducer } from 'react'

/** Milliseconds until a moment, in whole seconds and never below 0; renders once a second until then. */
export function useMsUntil(moment: number): number {
  const [ticks, tick] = useReducer((count: number) => count + 1, 0)
  const left = Math.ceil(Math.max(0, moment - Date.now()) / 1000) * 1000
  // A timer may fire a little early and find the same number of seconds left: then it has to be set again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ticks` is what says that it fired.
  useEffect(() => {
    if (left === 0) return
    // At the next full second before the moment, so that every number is shown for as long.
    const timer = setTimeout(tick, Math.max(1, moment - Date.now() - left + 1000))
    return () => clearTimeout(timer)
  }, [moment, left, ticks])
  return left
}
