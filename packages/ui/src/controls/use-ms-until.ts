'use client'

import { useEffect, useReducer, useSyncExternalStore } from 'react'

/**
 * Milliseconds until a moment, in whole seconds and never below 0; renders once a second until then. Undefined on a server
 * and while its page becomes alive: the two look at different times.
 */
export function useMsUntil(moment: number): number | undefined {
  const [ticks, tick] = useReducer((count: number) => count + 1, 0)
  const isAlive = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  )
  const left = isAlive ? Math.ceil(Math.max(0, moment - Date.now()) / 1000) * 1000 : undefined
  // A timer may fire a little early and find the same number of seconds left: then it has to be set again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ticks` is what says that it fired.
  useEffect(() => {
    if (!left) return
    // At the next full second before the moment, so that every number is shown for as long.
    const timer = setTimeout(tick, Math.max(1, moment - Date.now() - left + 1000))
    return () => clearTimeout(timer)
  }, [moment, left, ticks])
  return left
}

const subscribeToNothing = () => () => {}
