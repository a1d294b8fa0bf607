import { useEffect, useLayoutEffect, useState } from 'react'
import type { MarkdownOptions } from '../parser/markdown-stream.ts'
import { continueDocument, type LiveDocument, startDocument } from './live-document.ts'
import { frameMs, leastMsBetweenDrawings, waitBeforeCommit } from './pace.ts'

// A layout effect on a server warns, and never runs.
const useIsomorphicLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/** What a text becomes between renders: always the text that was rendered, with more at its end. */
export interface TextGrowth {
  subscribe(listener: () => void): () => void
  getText(): string
}

/** A text's tree, as an external store for one component. */
export interface LiveDocumentStore {
  subscribe(listener: () => void): () => void
  get(): LiveDocument
}

/**
 * The tree of a text that grows. The parser changes it in place, so it is told of new text only after React has
 * committed to it: a render may be repeated or thrown away, an effect is neither. What the tree became is then rendered
 * before the browser paints. With a `growth`, the tree grows without a render that brings new text, and is rendered once.
 */
export function useLiveDocument(
  text: string,
  isDone: boolean,
  options: MarkdownOptions,
  growth: TextGrowth | undefined,
): LiveDocumentStore {
  const [keeper] = useState(() => keepDocument(startDocument(text, isDone, options)))
  const source = isDone ? undefined : growth

  useIsomorphicLayoutEffect(() => {
    // The render may be of an earlier text than what the tree has grown to since.
    const become = (leastMs: number) => keeper.become(source?.getText() ?? text, isDone, options, leastMs)
    become(0)
    const stop = source?.subscribe(() => become(leastMsBetweenDrawings))
    return () => {
      stop?.()
      keeper.cancel()
    }
  }, [keeper, text, isDone, options, source])

  return keeper
}

/** Holds a document, and lets it grow at its pace. */
function keepDocument(first: LiveDocument) {
  let listener: (() => void) | undefined
  let live = first
  let committedAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function become(text: string, isDone: boolean, options: MarkdownOptions, leastMs: number): void {
    cancel()
    if (live.text === text && live.isDone === isDone && live.options === options) return
    const canWait = !isDone && live.options === options
    const dueMs = canWait ? Math.max(leastMs, waitBeforeCommit(live, text.length)) : 0
    const waitMs = dueMs - (performance.now() - committedAt)
    // What grows with every frame is best drawn in one: the timer is for when nothing more comes.
    if (waitMs > 0) timer = setTimeout(commit, waitMs + (leastMs && frameMs), text, isDone, options)
    else commit(text, isDone, options)
  }

  function commit(text: string, isDone: boolean, options: MarkdownOptions): void {
    live = continueDocument(live, text, isDone, options)
    committedAt = performance.now()
    listener?.()
  }

  const cancel = () => clearTimeout(timer)

  return {
    become,
    cancel,
    get: () => live,
    subscribe(next: () => void) {
      listener = next
      return () => {
        listener = undefined
      }
    },
  }
}
