'use client'
import { useSyncExternalStore } from 'react'

/**
 * Whether the browser has a network. It knows of cables and radio, not of servers: `true` is no promise. On a server,
 * and while a page becomes alive, it is `true`.
 */
export function useIsOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
