'use client'

import { useState } from 'react'

/** Text that is only ever added to, on its way to a `<Markdown>`. */
export interface MarkdownFeed {
  /** Adds text. It is shown with the next frame. */
  push(text: string): void
  /** No more text comes: what is shown is final at once. */
  end(): void
  /** Begins again with nothing. */
  reset(): void
  subscribe(listener: () => void): () => void
  getSnapshot(): FeedSnapshot
}

export interface FeedSnapshot {
  readonly text: string
  readonly isDone: boolean
}

/**
 * A stream for `<Markdown stream={…}>`: the component that pushes to it is not rendered for what it pushes, only the
 * Markdown is, once a frame.
 */
export function useMarkdownStream(): MarkdownFeed {
  const [feed] = useState(createFeed)
  return feed
}

const empty: FeedSnapshot = { text: '', isDone: false }
// A hidden tab gets no frames, and a server has none.
const framelessMs = 250

function createFeed(): MarkdownFeed {
  const listeners = new Set<() => void>()
  let snapshot = empty
  let text = ''
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(isDone: boolean): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = timer = undefined
    snapshot = { text, isDone }
    for (const listener of listeners) listener()
  }

  return {
    push(added) {
      if (snapshot.isDone || added === '') return
      text += added
      if (timer !== undefined) return
      const showMore = () => show(false)
      frame = globalThis.requestAnimationFrame?.(showMore)
      timer = setTimeout(showMore, framelessMs)
    },
    end() {
      show(true)
    },
    reset() {
      text = ''
      show(false)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    getSnapshot: () => snapshot,
  }
}
