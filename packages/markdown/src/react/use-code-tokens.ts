// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { useEffect, useRef, useState } from 'react'
import type { CodeTokens, Token } from '../highlight/highlighter.ts'
import type { CodeBlock } from '../parser/nodes.ts'
import { useSettings } from './settings.ts'

const none: readonly (readonly Token[])[] = []

/** The tokens of a block's whole lines so far: more with time, none at first. */
export function useCodeTokens(node: CodeBlock, language: string): readonly (readonly Token[])[] {
  const { highlighter } = useSettings()
  const work = useRef<CodeTokens | undefined>(undefined)
  const [shown, setShown] = useState({ node, lines: none })

  useEffect(() => {
    if (!highlighter || !language) return
    const started = highlighter.start(language, () => setShown({ node, lines: started.lines }))
    started.grow(node.lines)
    work.current = started
    return () => {
      started.stop()
      work.current = undefined
      setShown({ node, lines: none })
    }
  }, [node, highlighter, language])

  // The block grows in place. Without a highlighter there is no effect to run.
  const count = highlighter && node.lines.length
  useEffect(() => {
    if (count !== undefined) work.current?.grow(node.lines)
  }, [node, count])

  // Of a block that was in its place before, they are other words.
  return shown.node === node ? shown.lines : none
}
