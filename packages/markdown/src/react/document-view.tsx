// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { memo, type ReactNode } from 'react'
import type { MarkdownDocument } from '../parser/nodes.ts'
import { BlockList } from './blocks.tsx'
import { FootnoteOrderProvider, Footnotes, footnoteOrder } from './footnotes.tsx'

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
      <BlockList blocks={children} />
      {footnotes && <Footnotes section={footnotes} stamp={footnotes.stamp} />}
    </FootnoteOrderProvider>
  )
})
