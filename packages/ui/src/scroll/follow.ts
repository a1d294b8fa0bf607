import { type Glide, glideTo } from './glide.ts'
import { hasSelectionIn, watchReader } from './reader-intent.ts'

/** Keeps a scroll region where its reader wants it while the content grows. */
export interface Follower {
  /** Goes to the end, and follows it from there. */
  toEnd(options?: { readonly smooth?: boolean }): void
  /** Brings a part of the content to the top and keeps room below it; what then fills the room moves nothing. */
  toTop(element: HTMLElement): void
  /** Whether it follows at all. Turned on again near the end, it goes on from there. */
  setFollows(follows: boolean): void
  dispose(): void
}

/** How near to the end, in pixels, a reader has to come to be taken along again. */
const band = 24
/** What two positions may differ that are the same: pixels of the screen are up to 1.5 of the page at 67 % zoom. */
const slack = 2

/**
 * Follows the end of `scroller` until the reader goes up, by wheel, touch, key or scrollbar, or by anything else that
 * scrolls (find-in-page, a focused link), selects text, or unfolds something. A change of layout never lets go. While it follows, the region has the attribute `data-following`.
 * @param content The element inside that grows. Its `padding-block-end` has to contain `var(--mr-room, 0px)`.
 * @param onAwayChange Whether the reader is away from the end. Called on change only.
 */
export function followEnd(
  scroller: HTMLElement,
  content: HTMLElement,
  onAwayChange: (away: boolean) => void,
): Follower {
  let follows = true
  let isFollowing = true
  let isAway = false
  let isHeld = false
  let isScrollbarHeld = false
  let glide: Glide | undefined
  /** What was brought to the top, and how many pixels are kept below the content for it. */
  let anchored: HTMLElement | undefined
  let room = 0
  let last = measure()

  function measure() {
    return { top: scroller.scrollTop, end: scroller.scrollHeight - scroller.clientHeight }
  }

  const distanceToEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop

  function setFollowing(following: boolean): void {
    if (following !== isFollowing) scroller.toggleAttribute('data-following', following)
    isFollowing = following
    const away = !following && distanceToEnd() > band
    if (away === isAway) return
    isAway = away
    onAwayChange(away)
  }

  function goToEnd(): void {
    scroller.scrollTop = scroller.scrollHeight
  }

  function stopGlide(): void {
    glide?.stop()
    glide = undefined
  }

  function stay(): void {
    stopGlide()
    setFollowing(false)
  }

  function keepRoom(): void {
    const wanted = anchored?.isConnected ? roomBelow(anchored) : 0
    if (Math.abs(wanted - room) < 1 && wanted !== 0) return
    room = wanted
    content.style.setProperty('--mr-room', `${room}px`)
  }

  /** What is missing to the height of the region from there to the end of the content. */
  function roomBelow(element: HTMLElement): number {
    const end = content.getBoundingClientRect().bottom - room
    return Math.max(0, scroller.clientHeight - topInset() - (end - element.getBoundingClientRect().top))
  }

  const topInset = () => Number.parseFloat(getComputedStyle(scroller).scrollPaddingBlockStart) || 0

  function onResize(): void {
    if (anchored) keepRoom()
    if (isFollowing && !isHeld && !glide) goToEnd()
    else setFollowing(isFollowing || isBackAtEnd())
    last = measure()
  }

  /** What is folded again may leave nothing below. */
  const isBackAtEnd = () => follows && room === 0 && distanceToEnd() < slack && !hasSelectionIn(scroller)

  function onScroll(): void {
    const { top, end } = last
    last = measure()
    if (glide) return
    const moved = last.top - top
    const distance = last.end - last.top
    if (isFollowing) {
      // A region that got shorter is moved up by that and no more; whatever else goes up is a reader.
      const pushed = Math.max(0, end - last.end)
      setFollowing(moved >= -slack - pushed || (distance <= band && !isScrollbarHeld))
    } else setFollowing(follows && room === 0 && moved > 0 && distance <= band)
  }

  const unwatch = watchReader(scroller, {
    onStay: stay,
    onHold(held) {
      if (held === isHeld) return
      isHeld = held
      if (held) stopGlide()
      else onResize()
    },
    onScrollbar(held) {
      isScrollbarHeld = held
    },
  })
  const observer = createResizeObserver(onResize)
  observer?.observe(content)
  observer?.observe(scroller)
  scroller.addEventListener('scroll', onScroll, { passive: true })
  scroller.toggleAttribute('data-following', true)
  goToEnd()
  last = measure()

  function move(target: () => number, isSmooth: boolean): void {
    stopGlide()
    if (isSmooth) glide = glideTo(scroller, target, () => (glide = undefined))
    else scroller.scrollTop = target()
    last = measure()
  }

  return {
    toEnd({ smooth = false } = {}) {
      setFollowing(true)
      move(() => scroller.scrollHeight - scroller.clientHeight, smooth)
      if (!follows) setFollowing(false)
    },
    toTop(element) {
      anchored = element
      keepRoom()
      setFollowing(false)
      const top = () => element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      move(() => scroller.scrollTop + top() - scroller.clientTop - topInset(), true)
    },
    setFollows(next) {
      follows = next
      setFollowing(follows && (isFollowing || distanceToEnd() <= band))
    },
    dispose() {
      stopGlide()
      observer?.disconnect()
      unwatch()
      scroller.removeEventListener('scroll', onScroll)
    },
  }
}

/** jsdom has none: there is no layout to follow there either. */
function createResizeObserver(onResize: () => void): ResizeObserver | undefined {
  return typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(onResize)
}
