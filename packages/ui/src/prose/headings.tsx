// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import type { Heading as HeadingNode, MarkdownNode } from '@millrace/markdown'
import { type ComponentPropsWithoutRef, createElement } from 'react'

interface HeadingProps extends ComponentPropsWithoutRef<'h2'> {
  readonly node?: MarkdownNode | undefined
}

/**
 * A heading of an answer, below that of the turn, which has the second level. Many answers begin with `##` and leave levels
 * out; for those who go by headings none is missing. `data-level` is what was written.
 */
function Heading({ node, ...props }: HeadingProps) {
  if (node?.type !== 'heading') return <h3 {...props} />
  const depth = depthOf(node)
  // HTML ends at six.
  const rest = { 'data-level': node.level, 'aria-level': depth > 6 ? depth : undefined }
  return createElement(`h${Math.min(depth, 6)}`, { ...props, ...rest })
}

/** By those before it alone, so that it stays the same whatever follows. */
function depthOf(node: HeadingNode): number {
  const above: number[] = []
  for (const block of node.parent?.children ?? [node]) {
    if (block.type !== 'heading') continue
    while ((above.at(-1) ?? 0) >= block.level) above.pop()
    above.push(block.level)
    if (block === node) break
  }
  return above.length + 2
}

export const headings = { h1: Heading, h2: Heading, h3: Heading, h4: Heading, h5: Heading, h6: Heading }
