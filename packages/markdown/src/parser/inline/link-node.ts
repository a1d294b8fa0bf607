import type { InlineNode } from '../nodes.ts'
import { inlineText } from './inline-text.ts'
import type { LinkDefinition } from './links.ts'

export function createLink({ url, title }: LinkDefinition, children: readonly InlineNode[]): InlineNode {
  return { type: 'link', url, title, children: children.flatMap(withoutLinks) }
}

export function createImage({ url, title }: LinkDefinition, children: readonly InlineNode[]): InlineNode {
  return { type: 'image', url, title, alt: inlineText(children) }
}

/** A link that nobody gave another text. */
export function createPlainLink(url: string, text: string): InlineNode {
  return { type: 'link', url, title: undefined, children: [{ type: 'text', value: text }] }
}

/** A link holds no link: an address in its text that would be one by itself is text there. */
function withoutLinks(node: InlineNode): InlineNode | readonly InlineNode[] {
  if (node.type === 'link') return node.children
  return 'children' in node ? { ...node, children: node.children.flatMap(withoutLinks) } : node
}
