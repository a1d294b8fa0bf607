import { activeElementOf } from '../controls/active-element-of.ts'

/** Where something in the content of a scroll region was. */
export interface HeldPlace {
  /** Scrolls so that it is there again. */
  restore(): void
}

/**
 * Remembers where the first turn in view is, and which of them has the focus: the same turns, or those in their places,
 * have it again. Undefined where nothing is in view.
 */
export function holdPlace(scroller: HTMLElement): HeldPlace | undefined {
  const edge = scroller.getBoundingClientRect().top
  const isSeen = (element: Element) => element.getBoundingClientRect().bottom > edge
  // Not all turns are asked: those in a group that is far would have to be laid out for it.
  const row = [...(scroller.firstElementChild?.children ?? [])].find(isSeen)
  const turn = row?.matches('article') ? row : [...(row?.querySelectorAll('article') ?? [])].find(isSeen)
  if (!turn) return undefined
  const turns = turnsIn(scroller)
  const place = turns.indexOf(turn)
  const { top } = turn.getBoundingClientRect()
  const active = activeElementOf(scroller)
  const focused = active ? turns.indexOf(active) : -1
  return {
    restore() {
      const now = turn.isConnected ? turn : turnsIn(scroller)[place]
      // The end is followed in any case.
      if (now && !scroller.hasAttribute('data-following')) scroller.scrollTop += now.getBoundingClientRect().top - top
      if (focused >= 0 && !turns[focused]?.isConnected) focusQuietly(turnsIn(scroller)[focused])
    },
  }
}

const turnsIn = (scroller: HTMLElement): Element[] => [...scroller.querySelectorAll('article')]

function focusQuietly(turn: Element | undefined): void {
  if (turn instanceof HTMLElement) turn.focus({ preventScroll: true })
}
