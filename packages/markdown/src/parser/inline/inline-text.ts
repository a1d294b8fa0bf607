import type { InlineNode } from '../nodes.ts'

/** What one reads of inline nodes: tags are left out, images have their description. */
export function inlineText(node: InlineNode): string {
  if ('children' in node) return node.children.map(inlineText).join('')
  if ('value' in node) return node.type === 'html' ? '' : node.value
  if (node.type === 'image') return node.alt
  if (node.type === 'footnote-reference') return `[${node.definition.number}]`
  return '\n'
}
