import { inlineText } from './inline/inline-text.ts'
import type { BlockNode, FootnoteSection, InlineContent, InlineNode, MarkdownDocument, TableRow } from './nodes.ts'
import { verbatimText } from './verbatim-text.ts'

/** What one reads, without any markup: blocks are parted by a blank line, items, rows and lines by a line end. */
export function toPlainText(node: MarkdownDocument | BlockNode | InlineNode | readonly InlineNode[]): string {
  if (!('type' in node)) return readInline(node)
  return isInline(node) ? readInline([node]) : blockText(node)
}

const inlineTypes: ReadonlySet<string> = new Set<InlineNode['type']>([
  'text',
  'emphasis',
  'strong',
  'strikethrough',
  'code',
  'link',
  'image',
  'break',
  'html',
  'footnote-reference',
  'extension',
])

function isInline(node: MarkdownDocument | BlockNode | InlineNode): node is InlineNode {
  return inlineTypes.has(node.type)
}

function readInline(nodes: readonly InlineNode[]): string {
  return inlineText(nodes, ({ definition }) => `[${definition.number}]`)
}

function blockText(node: MarkdownDocument | BlockNode | FootnoteSection): string {
  if (node.type === 'document')
    return [...blockTexts(node.children), footnoteText(node.footnotes)].filter(Boolean).join('\n\n')
  if (node.type === 'list') return node.children.map(blockText).join(node.tight ? '\n' : '\n\n')
  if (node.type === 'item')
    return blockTexts(node.children).join(node.parent?.type === 'list' && node.parent.tight ? '\n' : '\n\n')
  if ('children' in node) return blockTexts(node.children).join('\n\n')
  if ('content' in node) return contentText(node.content)
  if ('lines' in node) return verbatimText(node)
  return node.type === 'table' ? node.rows.map(rowText).join('\n') : ''
}

/** A definition of a footnote is read at the end. */
function blockTexts(nodes: readonly BlockNode[]): string[] {
  return nodes
    .filter(({ type }) => type !== 'footnote-definition')
    .map(blockText)
    .filter(Boolean)
}

function footnoteText(section: FootnoteSection | undefined): string {
  return section?.children.map((footnote) => `[${footnote.number}] ${blockText(footnote)}`).join('\n') ?? ''
}

function rowText({ cells }: TableRow): string {
  return cells.map(({ content }) => contentText(content)).join('\t')
}

function contentText({ segments, healed = [], unparsed }: InlineContent): string {
  return readInline([...segments.flatMap(({ nodes }) => nodes), ...healed]) + unparsed
}
