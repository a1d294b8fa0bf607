'use client'

import { useIsOnline } from '@millrace/hooks'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useMsUntil } from '../controls/use-ms-until.ts'
import { inOneTab } from './in-one-tab.ts'

export interface Failure {
  /** The same in every tab. */
  readonly failureId: string
  /** Not before, in epoch milliseconds. Without it the network is all there is to wait for. */
  readonly retryAt: number | undefined
  /** In epoch milliseconds. */
  readonly failedAt: number
}

export interface AutoRetry {
  /** It will ask again by itself. */
  readonly isArmed: boolean
  readonly isOnline: boolean
  /** Undefined until the page is alive. */
  readonly msLeft: number | undefined
  cancel(): void
}

// Whoever is told to wait each time should not be asked all night.
const maxWaits = 3
// An old thread that is opened again should not begin to ask by itself.
const maxAgeMs = 24 * 60 * 60 * 1000

/** How often each failed reply was asked for again after a wait, as long as this page is open. */
const waits = new Map<string, number>()

/**
 * Asks again once for a failure: when its wait is over and somebody looks, or when the network is back. Never without a
 * network, and in one tab alone.
 */
export function useAutoRetry({ failureId, retryAt, failedAt }: Failure, onRetry: () => void): AutoRetry {
  const isOnline = useIsOnline()
  const isVisible = useIsVisible()
  const msLeft = useMsUntil(retryAt ?? 0)
  const waited = waits.get(failureId) ?? 0
  const [isArmed, setIsArmed] = useState(() =>
    retryAt === undefined ? Date.now() - failedAt < maxAgeMs : retryAt > Date.now() && waited < maxWaits,
  )
  const hasAsked = useRef(false)
  const isDue = isArmed && isOnline && msLeft === 0 && (isVisible || retryAt === undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is due.
  useEffect(() => {
    if (!isDue || hasAsked.current) return
    hasAsked.current = true
    setIsArmed(false)
    if (retryAt !== undefined) waits.set(failureId, waited + 1)
    inOneTab(`millrace-retry-${failureId}`, onRetry)
  }, [isDue])

  return { isArmed: isArmed && msLeft !== undefined, isOnline, msLeft, cancel: () => setIsArmed(false) }
}

/** Whether the page is in front, as far as the browser knows. On a server, and while a page becomes alive, it is. */
function useIsVisible(): boolean {
  return useSyncExternalStore(
    subscribeToVisibility,
    () => document.visibilityState === 'visible',
    () => true,
  )
}

function subscribeToVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
