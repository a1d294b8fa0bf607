'use client'

import { useCallback, useRef } from 'react'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/**
 * A function that never changes and calls the one of the latest render, so that a host's inline callback does not
 * render what it is handed to. `undefined` stays `undefined`.
 */
export function useLatestCallback<Args extends unknown[]>(
  callback: ((...args: Args) => void) | undefined,
): ((...args: Args) => void) | undefined {
  const latest = useRef(callback)
  useIsomorphicLayoutEffect(() => {
    latest.current = callback
  })
  const stable = useCallback((...args: Args) => latest.current?.(...args), [])
  return callback ? stable : undefined
}
