'use client'

import { type TextFeed, useTextFeeds } from '@millrace/hooks'
import { createContext, useContext, useMemo } from 'react'
import type { TextPace } from './smooth-text.ts'

export const TextPaceContext = createContext<TextPace | undefined>(undefined)

/** Says when text that has come is shown below it: `smoothText()`, say. Keep its identity. */
export const TextPaceProvider = TextPaceContext.Provider

/** The text of each part of a message as it grows, at the pace of the nearest `TextPaceProvider`. */
export function usePacedFeeds(id: string): (partIndex: number) => TextFeed {
  const feedOf = useTextFeeds(id)
  const pace = useContext(TextPaceContext)
  return useMemo(() => {
    if (!pace) return feedOf
    const paced = new Map<number, TextFeed>()
    return (partIndex: number) => {
      const feed = paced.get(partIndex) ?? pace(feedOf(partIndex))
      paced.set(partIndex, feed)
      return feed
    }
  }, [feedOf, pace])
}
