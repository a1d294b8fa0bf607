'use client'

import { inertHtml, Markdown, type TextGrowth } from '@millrace/markdown'
import { memo, useMemo } from 'react'
import { useStrings } from '../strings/strings-provider.tsx'
import { Link, TableFrame } from './elements.tsx'
import { headings } from './headings.tsx'
import { useCodeBlock, useHighlighter, useProseOptions } from './prose-providers.ts'

export interface ProseProps {
  readonly text: string
  /** More is to come: shows the caret. */
  readonly isStreaming?: boolean
  /** What the text becomes between renders, while it streams. Keep its identity. */
  readonly growth?: TextGrowth | undefined
  /** It ended in the middle: what it left open, such as a `**`, is shown as it was while it streamed. */
  readonly isCut?: boolean
}

/**
 * What a model wrote, as Markdown, in the direction that it is written in, whatever that of the page. While it streams
 * only what is being written changes.
 */
export const Prose = memo(function Prose({ text, isStreaming = false, growth, isCut = false }: ProseProps) {
  const pre = useCodeBlock()
  const options = useProseOptions()
  const components = useMemo(
    () => ({ ...headings, pre, a: Link, table: TableFrame, ...options.components }),
    [pre, options.components],
  )
  return (
    <Markdown
      {...options}
      className="mr-prose"
      dir="auto"
      text={text}
      streaming={isStreaming || isCut}
      growth={growth}
      data-cut={isCut || undefined}
      components={components}
      highlighter={useHighlighter()}
      labels={useStrings()}
      inertHtml={inertHtml}
    />
  )
})
