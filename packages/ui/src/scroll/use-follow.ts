'use client'

import { type RefObject, useCallback, useRef, useState } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { type Follower, followEnd } from './follow.ts'

export interface Follow {
  /** For the scroll region. */
  readonly scrollerRef: RefObject<HTMLDivElement | null>
  /** For the one element inside it. */
  readonly contentRef: RefObject<HTMLDivElement | null>
  /** The reader has gone up, and more than a line or two lies below. */
  readonly isAway: boolean
  /** Goes to the end, and follows it from there. Keeps its identity. */
  readonly toEnd: Follower['toEnd']
}

/** Keeps a scroll region at its end while the content grows, until the reader goes up. See `followEnd`. */
export function useFollow(): Follow {
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

  const toEnd = useCallback<Follower['toEnd']>((options) => followerRef.current?.toEnd(options), [])
  return { scrollerRef, contentRef, isAway, toEnd }
}
