'use client'

import { type RefObject, useRef } from 'react'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** Who gets the focus of an element that goes away. */
export type FocusHeir = (element: HTMLElement) => HTMLElement | null | undefined

/** Passes the focus on when the element that holds it, or has it inside, is removed; browsers would drop it on the page's body. */
export function useFocusHeir<E extends HTMLElement>(heir: FocusHeir | undefined): RefObject<E | null> {
  const ref = useRef<E>(null)
  const latestHeir = useRef(heir)
  const passed = useRef<{ readonly from: HTMLElement; readonly to: HTMLElement }>(undefined)
  useIsomorphicLayoutEffect(() => {
    latestHeir.current = heir
  })
  useIsomorphicLayoutEffect(() => {
    const element = ref.current
    // It is still there: StrictMode only plays at removing it.
    if (passed.current?.to === document.activeElement) passed.current?.from.focus({ preventScroll: true })
    passed.current = undefined
    return () => {
      const from = element?.ownerDocument.activeElement as HTMLElement | null
      const to = element?.contains(from) && latestHeir.current?.(element)
      if (!from || !to) return
      passed.current = { from, to }
      to.focus({ preventScroll: true })
    }
  }, [])
  return ref
}
