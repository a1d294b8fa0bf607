import type { MarkdownNode } from '@millrace/markdown'
import { type ComponentPropsWithoutRef, createElement } from 'react'

interface HeadingProps extends ComponentPropsWithoutRef<'h2'> {
  readonly node?: MarkdownNode | undefined
}

/** A heading of an answer, two levels down: the turn that it stands in has the second. `data-level` is what was written. */
function Heading({ node, ...props }: HeadingProps) {
  const level = node?.type === 'heading' ? node.level : 2
  const depth = level + 2
  // HTML ends at six.
  const rest = { 'data-level': level, 'aria-level': depth > 6 ? depth : undefined }
  return createElement(`h${Math.min(depth, 6)}`, { ...props, ...rest })
}

export const headings = { h1: Heading, h2: Heading, h3: Heading, h4: Heading, h5: Heading, h6: Heading }
