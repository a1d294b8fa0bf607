'use client'

import { type RefObject, useRef } from 'react'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** Who gets the focus of an element that goes away. */
export type FocusHeir = (element: HTMLElement) => HTMLElement | null | undefined

/** Passes the focus on when the element that holds it is removed; browsers would drop it on the page's body. */
export function useFocusHeir<E extends HTMLElement>(heir: FocusHeir | undefined): RefObject<E | null> {
  const ref = useRef<E>(null)
  const latestHeir = useRef(heir)
  const passedTo = useRef<HTMLElement>(undefined)
  useIsomorphicLayoutEffect(() => {
    latestHeir.current = heir
  })
  useIsomorphicLayoutEffect(() => {
    const element = ref.current
    const passed = passedTo.current
    // It is still there: StrictMode only plays at removing it.
    if (passed && passed === passed.ownerDocument.activeElement) element?.focus({ preventScroll: true })
    passedTo.current = undefined
    return () => {
      if (!element || element !== element.ownerDocument.activeElement) return
      passedTo.current = latestHeir.current?.(element) ?? undefined
      passedTo.current?.focus({ preventScroll: true })
    }
  }, [])
  return ref
}
