'use client'

import { type RefObject, useRef } from 'react'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** Who gets the focus of an element that goes away. */
export type FocusHeir = (element: HTMLElement) => HTMLElement | null | undefined

/** Passes the focus on when the element that holds it is removed; browsers would drop it on the page's body. */
export function useFocusHeir<E extends HTMLElement>(heir: FocusHeir | undefined): RefObject<E | null> {
  const ref = useRef<E>(null)
  const latestHeir = useRef(heir)
  useIsomorphicLayoutEffect(() => {
    latestHeir.current = heir
  })
  useIsomorphicLayoutEffect(() => {
    const element = ref.current
    return () => {
      if (!element || element !== element.ownerDocument.activeElement) return
      latestHeir.current?.(element)?.focus({ preventScroll: true })
    }
  }, [])
  return ref
}
