import { createElement, type ReactNode } from 'react'
import type { InlineNode } from '../parser/nodes.ts'
import { type InertTag, parseInertTag } from '../safety/inert-html.ts'

export type RenderNode = (node: InlineNode, key: number) => ReactNode

interface OpenTag {
  readonly name: InertTag
  readonly source: string
  /** What stands before it, in the element around it. */
  readonly siblings: ReactNode[]
}

/** How deep they are nested in one another. React and the DOM recurse: what is deeper is text. */
export const maxInertDepth = 8

/** Inline nodes in which `<sub>` and its like are elements, where they are closed by their own. Others are text. */
export function withInertTags(nodes: readonly InlineNode[], renderNode: RenderNode): ReactNode[] {
  const open: OpenTag[] = []
  let content: ReactNode[] = []
  for (const [key, node] of nodes.entries()) {
    const tag = node.type === 'html' ? parseInertTag(node.value) : undefined
    const isMatch = tag && open.at(-1)?.name === tag.name
    if (node.type !== 'html' || !tag) content.push(renderNode(node, key))
    else if (tag.name === 'br') content.push(<br key={key} />)
    else if (!tag.closing && open.length < maxInertDepth) {
      open.push({ name: tag.name, source: node.value, siblings: content })
      content = []
    } else if (tag.closing && isMatch) {
      const { name, siblings } = open.pop() as OpenTag
      // As one argument: there may be more than a call can have.
      siblings.push(createElement(name, { key }, content))
      content = siblings
    } else content.push(node.value)
  }
  // What was never closed is not an element after all.
  return open.flatMap(({ source, siblings }) => [...siblings, source]).concat(content)
}
