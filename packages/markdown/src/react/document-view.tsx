// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { memo, type ReactNode } from 'react'
import type { MarkdownDocument } from '../parser/nodes.ts'
import { blockList } from './blocks.tsx'
import { FootnoteOrderProvider, Footnotes, footnoteOrder } from './footnotes.tsx'
import { useSettings } from './settings.ts'

export interface DocumentViewProps {
  readonly root: MarkdownDocument
  readonly stamp: number
  readonly open: boolean
}

/** A tree, and its footnotes at the end. */
export const DocumentView = memo(function DocumentView({ root }: DocumentViewProps): ReactNode {
  const { children, footnotes } = root
  return (
    <FootnoteOrderProvider value={footnoteOrder(root)}>
      {blockList(useSettings(), children)}
      {footnotes && <Footnotes section={footnotes} stamp={footnotes.stamp} />}
    </FootnoteOrderProvider>
  )
})
