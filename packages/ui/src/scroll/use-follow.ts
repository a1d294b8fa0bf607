'use client'

import { type RefObject, useCallback, useRef, useState } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { type Follower, followEnd } from './follow.ts'

/** How a scroll region is kept at its end. */
export interface FollowOptions {
  /** Whether the end is followed at all. Turned on again near the end, it is from there. Default true. */
  readonly follows?: boolean
}

/** A scroll region that is kept at its end. */
export interface Follow {
  /** For the scroll region. */
  readonly scrollerRef: RefObject<HTMLDivElement | null>
  /** For the one element inside it. Its `padding-block-end` has to contain `var(--mr-room, 0px)` for `toTop`. */
  readonly contentRef: RefObject<HTMLDivElement | null>
  /** The reader has gone up, and more than a line or two lies below. */
  readonly isAway: boolean
  /** Goes to the end, and follows it from there. Keeps its identity. */
  readonly toEnd: Follower['toEnd']
  /** Brings an element of the content to the top, and keeps room below it for what comes. Keeps its identity. */
  readonly toTop: Follower['toTop']
}

/**
 * Keeps a scroll region at its end while the content grows, until the reader goes up: by wheel, touch, key, scrollbar or
 * anything else that scrolls, by selecting text or by unfolding something. Near the end it is taken along again. Scrolling
 * renders nothing; only `isAway` does, when it changes.
 */
export function useFollow({ follows = true }: FollowOptions = {}): Follow {
  const scrollerRef = useRef<HTMLDivElement>(null)
  const contentRef = useRef<HTMLDivElement>(null)
  const followerRef = useRef<Follower | null>(null)
  const [isAway, setIsAway] = useState(false)

  useIsomorphicLayoutEffect(() => {
    if (!scrollerRef.current || !contentRef.current) return
    const follower = followEnd(scrollerRef.current, contentRef.current, setIsAway)
    followerRef.current = follower
    return () => follower.dispose()
  }, [])
  useIsomorphicLayoutEffect(() => followerRef.current?.setFollows(follows), [follows])

  const toEnd = useCallback<Follower['toEnd']>((options) => followerRef.current?.toEnd(options), [])
  const toTop = useCallback<Follower['toTop']>((element) => followerRef.current?.toTop(element), [])
  return { scrollerRef, contentRef, isAway, toEnd, toTop }
}
