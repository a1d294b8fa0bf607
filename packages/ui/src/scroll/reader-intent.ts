/** What a reader does to a scroll region, whatever with. */
export interface ReaderIntent {
  /** Wants to see what is further up, or to keep what is there in view. */
  onStay(): void
  /** Has a finger or a button down on the text: it must not move underneath. */
  onHold(isHeld: boolean): void
  /** Has the scrollbar in hand, or may have. */
  onScrollbar(isHeld: boolean): void
}

const keysThatGoUp = new Set(['ArrowUp', 'PageUp', 'Home'])
/** What a finger may tremble, in pixels. */
const touchSlack = 3

/** Listens to wheel, touch, keys, pointer and selection. @returns what ends it. */
export function watchReader(scroller: HTMLElement, { onStay, onHold, onScrollbar }: ReaderIntent): () => void {
  const page = scroller.ownerDocument
  let touchStartY = 0
  let hadSelection = false

  function goUp(target: EventTarget | null): void {
    if (scroller.scrollTop > 0 && !scrollsUpInside(target, scroller)) onStay()
  }

  function onWheel(event: WheelEvent): void {
    // With Control held it zooms, with Shift it goes sideways.
    if (event.deltaY < 0 && !event.ctrlKey && !event.shiftKey) goUp(event.target)
  }

  function onTouchStart(event: TouchEvent): void {
    touchStartY = event.touches[0]?.clientY ?? 0
    onHold(true)
  }

  function onTouchMove(event: TouchEvent): void {
    const y = event.touches[0]?.clientY ?? touchStartY
    if (y > touchStartY + touchSlack) goUp(event.target)
  }

  function onTouchEnd(event: TouchEvent): void {
    if (event.touches.length === 0) onHold(false)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isEditable(event.target)) return
    if (keysThatGoUp.has(event.key) || (event.key === ' ' && event.shiftKey)) goUp(event.target)
  }

  function onPointerDown(event: PointerEvent): void {
    // Only the scrollbar and the bare edge are the region itself.
    const isEdge = event.target === scroller
    onScrollbar(isEdge)
    if (!isEdge && event.pointerType === 'mouse' && event.button === 0) onHold(true)
  }

  function onPointerUp({ pointerType }: PointerEvent): void {
    // Chromium may never tell of a scrollbar that was let go.
    onScrollbar(false)
    // A finger that scrolls ends as a pointer while it is still down.
    if (pointerType !== 'touch') onHold(false)
  }

  function onSelectionChange(): void {
    const hasSelection = hasSelectionIn(scroller)
    if (hasSelection && !hadSelection) onStay()
    hadSelection = hasSelection
  }

  function onClick(event: MouseEvent): void {
    // Whoever unfolds something wants to see that, not the end of what it pushes away.
    const target = event.target instanceof Element ? event.target : undefined
    if (target?.closest('summary, [aria-expanded]:not([aria-haspopup])')) onStay()
  }

  const listening = new AbortController()
  const quietly = { passive: true, signal: listening.signal }
  scroller.addEventListener('wheel', onWheel, quietly)
  scroller.addEventListener('touchstart', onTouchStart, quietly)
  scroller.addEventListener('touchmove', onTouchMove, quietly)
  scroller.addEventListener('touchend', onTouchEnd, quietly)
  scroller.addEventListener('touchcancel', onTouchEnd, quietly)
  scroller.addEventListener('keydown', onKeyDown, quietly)
  scroller.addEventListener('pointerdown', onPointerDown, quietly)
  scroller.addEventListener('click', onClick, quietly)
  page.addEventListener('pointerup', onPointerUp, quietly)
  page.addEventListener('pointercancel', onPointerUp, quietly)
  page.addEventListener('selectionchange', onSelectionChange, quietly)
  return () => listening.abort()
}

/** Whether something between the target and the region takes the scrolling for itself, a code block say. */
function scrollsUpInside(target: EventTarget | null, scroller: HTMLElement): boolean {
  for (let element = target; element instanceof Element && element !== scroller; element = element.parentElement) {
    if (element.scrollTop > 0) return true
  }
  return false
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
}

/** Whether text in there is selected. */
export function hasSelectionIn(element: HTMLElement): boolean {
  const selection = element.ownerDocument.getSelection()
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode)
}
