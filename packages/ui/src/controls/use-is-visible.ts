'use client'

import { useSyncExternalStore } from 'react'

/** Whether the page is in front, as far as the browser knows. On a server, and while a page becomes alive, it is. */
export function useIsVisible(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible',
    () => true,
  )
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
