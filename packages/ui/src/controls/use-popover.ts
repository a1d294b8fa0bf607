'use client'

import type { RefObject } from 'react'
import { placeMenu } from './place-menu.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'
import { useLatestCallback } from './use-latest-callback.ts'

/**
 * Shows an element as a `popover`, above everything and beside its trigger, as long as there is a trigger. A press elsewhere
 * closes it. Where there is no popover (jsdom) it is an element in the page.
 */
export function usePopover(
  ref: RefObject<HTMLElement | null>,
  trigger: HTMLElement | null | undefined,
  onClose: () => void,
): void {
  const close = useLatestCallback(onClose)
  useIsomorphicLayoutEffect(() => {
    const popup = ref.current
    if (!popup || !trigger) return
    // A reply that is being written moves what is below it, whatever scrolls: only looking again tells where the trigger is.
    let frame = 0
    const follow = () => {
      place(popup, trigger)
      frame = requestAnimationFrame(follow)
    }
    const closeWithIt = (event: Event) => {
      if ((event as ToggleEvent).newState !== 'closed') return
      // Who pressed on nothing that takes the focus has lost it.
      if (popup.ownerDocument.activeElement === popup.ownerDocument.body) trigger.focus({ preventScroll: true })
      close?.()
    }
    // jsdom hides whatever has the attribute, and cannot show it.
    if ('showPopover' in popup) {
      popup.popover = 'auto'
      popup.showPopover()
    }
    popup.addEventListener('toggle', closeWithIt)
    follow()
    return () => {
      cancelAnimationFrame(frame)
      popup.removeEventListener('toggle', closeWithIt)
      popup.hidePopover?.()
    }
  }, [ref, trigger, close])
}

/** Puts an element beside its trigger. */
function place(popup: HTMLElement, trigger: HTMLElement): void {
  const { clientWidth, clientHeight } = popup.ownerDocument.documentElement
  const isRtl = getComputedStyle(popup).direction === 'rtl'
  const menu = { width: popup.offsetWidth, height: popup.scrollHeight + popup.offsetHeight - popup.clientHeight }
  const view = { width: clientWidth, height: clientHeight }
  const { left, top, maxHeight } = placeMenu(trigger.getBoundingClientRect(), menu, view, isRtl)
  popup.style.translate = `${left}px ${top}px`
  popup.style.maxBlockSize = `${maxHeight}px`
}
