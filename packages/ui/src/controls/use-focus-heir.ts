'use client'

import { type RefObject, useRef } from 'react'
import { activeElementOf } from './active-element-of.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** Who gets the focus of an element that goes away. */
export type FocusHeir = (element: HTMLElement) => HTMLElement | null | undefined

/** Passes the focus on when the element that holds it, or has it inside, is removed; browsers would drop it on the page's body. */
export function useFocusHeir<E extends HTMLElement>(heir: FocusHeir | undefined): RefObject<E | null> {
  const ref = useRef<E>(null)
  const latestHeir = useRef(heir)
  const takeBack = useRef<() => void>(undefined)
  useIsomorphicLayoutEffect(() => {
    latestHeir.current = heir
  })
  useIsomorphicLayoutEffect(() => {
    const element = ref.current
    // It is still there: StrictMode only plays at removing it.
    takeBack.current?.()
    return () => {
      const from = element && activeElementOf(element)
      const to = from && element.contains(from) && latestHeir.current?.(element)
      if (to) to.focus({ preventScroll: true })
      takeBack.current = () => to && activeElementOf(to) === to && from.focus({ preventScroll: true })
    }
  }, [])
  return ref
}
