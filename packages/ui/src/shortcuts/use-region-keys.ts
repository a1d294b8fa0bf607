'use client'

import { useEffect } from 'react'

const reachable = 'textarea, [tabindex="0"], button:not([tabindex="-1"]), a[href], input, select'

/**
 * Has F6 go to the next region of the page, and Shift+F6 to the one before, from wherever the focus is but a menu or a
 * dialog; `Chat` has it. A region is what has the attribute `data-region`: the list of chats, the header of a chat, its
 * transcript, its composer, and whatever else you mark. The focus goes to its text field, else to the first thing in it
 * that takes it.
 */
export function useRegionKeys(): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const isOurs = event.key === 'F6' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented
      // A second chat on the page finds it taken.
      if (isOurs && stepRegion(document, event.shiftKey ? -1 : 1)) event.preventDefault()
    }
    // Above the document, which may be React's root: what stops a key below does not reach this.
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

function stepRegion(page: Document, step: 1 | -1): boolean {
  const regions = [...page.querySelectorAll<HTMLElement>('[data-region]')].filter(isShown)
  const here = page.activeElement?.closest<HTMLElement>('[data-region]')
  const from = here ? regions.indexOf(here) : step < 0 ? 0 : -1
  for (let offset = 1; offset <= regions.length; offset++) {
    const region = regions.at((from + step * offset) % regions.length)
    const target = region && targetIn(region)
    target?.focus()
    if (target && target === page.activeElement) return true
  }
  return false
}

function targetIn(region: HTMLElement): HTMLElement | null {
  if (region.tabIndex === 0) return region
  return region.querySelector<HTMLElement>('textarea') ?? region.querySelector<HTMLElement>(reachable)
}

const isShown = (element: HTMLElement) => element.checkVisibility?.() ?? true
