'use client'

import { useEffect } from 'react'
import { Button } from '../controls/button.tsx'
import type { FocusHeir } from '../controls/use-focus-heir.ts'
import { threadsWords } from '../strings/parts/threads.ts'
import { useWords } from '../strings/use-words.ts'

/** As long as a thread that was removed is kept. */
const shownMs = 60_000

export interface UndoBarProps {
  /** What was removed last; nothing is shown without. Its identity says that it is another. */
  readonly removed: { readonly title: string; readonly undo: () => void } | undefined
  readonly onEnd: () => void
  readonly focusHeir: FocusHeir
}

/** Says that a thread was removed and takes that back, for a minute. */
export function UndoBar({ removed, onEnd, focusHeir }: UndoBarProps) {
  const strings = useWords(threadsWords)

  // biome-ignore lint/correctness/useExhaustiveDependencies: each has its minute, however often the list is rendered.
  useEffect(() => {
    if (!removed) return
    const timer = setTimeout(onEnd, shownMs)
    return () => clearTimeout(timer)
  }, [removed])

  return (
    <div className="mr-threads-undo" role="status">
      {removed && (
        <>
          <span dir="auto">{strings.threadRemoved(removed.title || strings.untitledThread)}</span>
          <Button focusHeir={focusHeir} onClick={removed.undo}>
            {strings.undo}
          </Button>
        </>
      )}
    </div>
  )
}
