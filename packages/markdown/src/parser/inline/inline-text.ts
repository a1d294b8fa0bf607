import type { FootnoteReference, InlineNode } from '../nodes.ts'

/**
 * What one reads of inline nodes: tags are left out, images have their description. References to footnotes are left out
 * as well unless `footnoteText` says how they read: their numbers may still change.
 */
export function inlineText(
  nodes: readonly InlineNode[],
  footnoteText: (reference: FootnoteReference) => string = () => '',
): string {
  const textOf = (node: InlineNode): string => {
    if ('children' in node) return inlineText(node.children, footnoteText)
    if ('value' in node) return node.type === 'html' ? '' : node.value
    if (node.type === 'image') return node.alt
    return node.type === 'footnote-reference' ? footnoteText(node) : '\n'
  }
  return nodes.map(textOf).join('')
}
