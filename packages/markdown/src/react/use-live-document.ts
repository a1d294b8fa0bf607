import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { MarkdownOptions } from '../parser/markdown-stream.ts'
import { continueDocument, type LiveDocument, startDocument } from './live-document.ts'
import { waitBeforeCommit } from './pace.ts'

// A layout effect on a server warns, and never runs.
const useIsomorphicLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * The tree of a text that grows. The parser changes it in place, so it is told of new text only after React has
 * committed to it: a render may be repeated or thrown away, an effect is neither. What the tree became is then rendered
 * before the browser paints.
 */
export function useLiveDocument(text: string, isDone: boolean, options: MarkdownOptions): LiveDocument {
  const [live, setLive] = useState(() => startDocument(text, isDone, options))
  const latest = useRef({ live, committedAt: 0 })

  useIsomorphicLayoutEffect(() => {
    const { live: current, committedAt } = latest.current
    if (current.text === text && current.isDone === isDone && current.options === options) return
    const commit = () => {
      latest.current = { live: continueDocument(current, text, isDone, options), committedAt: performance.now() }
      setLive(latest.current.live)
    }
    const canWait = !isDone && current.options === options
    const waitMs = canWait ? waitBeforeCommit(current, text.length) - (performance.now() - committedAt) : 0
    if (waitMs <= 0) return commit()
    const timer = setTimeout(commit, waitMs)
    return () => clearTimeout(timer)
  }, [text, isDone, options])

  return live
}
