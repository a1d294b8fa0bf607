/** Keeps a scroll region at its end while its content grows. */
export interface Follower {
  /** Goes to the end, and follows it from there. */
  toEnd(options?: { readonly smooth?: boolean }): void
  dispose(): void
}

/** How near to the end, in pixels, a reader has to come to be taken along again. */
const band = 24
const keysThatGoUp = new Set(['ArrowUp', 'PageUp', 'Home'])

/**
 * Follows the end of `scroller` until the reader goes up, by wheel, touch, key or scrollbar, or by anything else that
 * scrolls without the layout having changed (find-in-page, a focused link), or unfolds something. A change of layout
 * alone never lets go.
 * While it follows, the region has the attribute `data-following`.
 * @param content The element inside that grows.
 * @param onAwayChange Whether the reader is away from the end. Called on change only.
 */
export function followEnd(
  scroller: HTMLElement,
  content: HTMLElement,
  onAwayChange: (away: boolean) => void,
): Follower {
  let isFollowing = true
  let isAway = false
  let isPointerHeld = false
  let isScrollbarHeld = false
  let lastTop = scroller.scrollTop
  let touchStartY = 0

  const distanceToEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop

  function setFollowing(following: boolean): void {
    isFollowing = following
    scroller.toggleAttribute('data-following', following)
    const away = !following && distanceToEnd() > band
    if (away !== isAway) onAwayChange(away)
    isAway = away
  }

  function goToEnd(): void {
    scroller.scrollTop = scroller.scrollHeight
    lastTop = scroller.scrollTop
  }

  function letGo(): void {
    if (scroller.scrollTop > 0) setFollowing(false)
  }

  function onResize(): void {
    // Text that is being selected must not move under the pointer.
    if (isFollowing && !isPointerHeld) goToEnd()
    // What is folded again may leave nothing below.
    setFollowing(isFollowing || distanceToEnd() < 1)
  }

  function onScroll(): void {
    const top = scroller.scrollTop
    const distance = distanceToEnd()
    // Every layout change is followed by `onResize`, which renews `lastTop`: going up from there was someone's will.
    if (isFollowing && top < lastTop - 1 && (distance > band || isScrollbarHeld)) isFollowing = false
    else if (!isFollowing && top > lastTop && distance <= band) isFollowing = true
    lastTop = top
    setFollowing(isFollowing)
  }

  function onWheel(event: WheelEvent): void {
    if (event.deltaY < 0 && !event.ctrlKey && !scrollsUpInside(event.target, scroller)) letGo()
  }

  function onTouchStart(event: TouchEvent): void {
    touchStartY = event.touches[0]?.clientY ?? 0
  }

  function onTouchMove(event: TouchEvent): void {
    const y = event.touches[0]?.clientY ?? touchStartY
    if (y > touchStartY + 3 && !scrollsUpInside(event.target, scroller)) letGo()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isEditable(event.target)) return
    if (keysThatGoUp.has(event.key) || (event.key === ' ' && event.shiftKey)) letGo()
  }

  function onPointerDown(event: PointerEvent): void {
    // Only the scrollbar and the bare edge are the region itself. Chromium may never tell that a scrollbar was released.
    isScrollbarHeld = event.target === scroller
    isPointerHeld = !isScrollbarHeld && event.pointerType === 'mouse' && event.button === 0
  }

  function onPointerUp(): void {
    isScrollbarHeld = false
    if (!isPointerHeld) return
    isPointerHeld = false
    if (hasSelectionIn(scroller)) letGo()
    onResize()
  }

  function onClick(event: MouseEvent): void {
    // Whoever unfolds something wants to see that, not the end of what it pushes away.
    if (event.target instanceof Element && event.target.closest('summary, [aria-expanded]')) letGo()
  }

  const observer = createResizeObserver(onResize)
  observer?.observe(content)
  observer?.observe(scroller)
  const listening = new AbortController()
  const quietly = { passive: true, signal: listening.signal }
  scroller.addEventListener('scroll', onScroll, quietly)
  scroller.addEventListener('wheel', onWheel, quietly)
  scroller.addEventListener('touchstart', onTouchStart, quietly)
  scroller.addEventListener('touchmove', onTouchMove, quietly)
  scroller.addEventListener('keydown', onKeyDown, quietly)
  scroller.addEventListener('pointerdown', onPointerDown, quietly)
  scroller.addEventListener('click', onClick, quietly)
  scroller.ownerDocument.addEventListener('pointerup', onPointerUp, quietly)
  scroller.ownerDocument.addEventListener('pointercancel', onPointerUp, quietly)
  goToEnd()
  setFollowing(true)

  return {
    toEnd({ smooth = false } = {}) {
      setFollowing(true)
      if (smooth && mayMove()) scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'smooth' })
      else goToEnd()
    },
    dispose() {
      observer?.disconnect()
      listening.abort()
    },
  }
}

/** jsdom has none: there is no layout to follow there either. */
function createResizeObserver(onResize: () => void): ResizeObserver | undefined {
  return typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(onResize)
}

/** Not where there is no way to ask, which is jsdom again. */
function mayMove(): boolean {
  return typeof matchMedia === 'function' && !matchMedia('(prefers-reduced-motion: reduce)').matches
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

function hasSelectionIn(element: HTMLElement): boolean {
  const selection = element.ownerDocument.getSelection()
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode)
}
