'use client'

import { inertHtml, Markdown } from '@millrace/markdown'
import { memo } from 'react'
import { useStrings } from '../strings/strings-provider.tsx'
import { CodeFrame } from './code-frame.tsx'
import { headings } from './headings.tsx'
import { useHighlighter } from './highlighter-provider.tsx'
import { TableFrame } from './table-frame.tsx'

export interface ProseProps {
  readonly text: string
  /** More is to come: shows the caret. */
  readonly isStreaming?: boolean
  /** It ended in the middle: what it left open, such as a `**`, is shown as it was while it streamed. */
  readonly isCut?: boolean
}

const components = { ...headings, pre: CodeFrame, table: TableFrame }

/**
 * What a model wrote, as Markdown, in the direction that it is written in, whatever that of the page. While it streams
 * only what is being written changes.
 */
export const Prose = memo(function Prose({ text, isStreaming = false, isCut = false }: ProseProps) {
  return (
    <Markdown
      className="mr-prose"
      dir="auto"
      text={text}
      streaming={isStreaming || isCut}
      data-cut={isCut || undefined}
      components={components}
      highlighter={useHighlighter()}
      labels={useStrings()}
      inertHtml={inertHtml}
    />
  )
})
