import type { BlockNode, MarkdownDocument, TableRow } from '../parser/nodes.ts'

/** A text and the tree that was made of it. */
export interface SourceTree {
  readonly text: string
  readonly root: MarkdownDocument
}

type Marked = MarkdownDocument | BlockNode | TableRow

/**
 * The Markdown of what is selected inside an element: whole blocks as they were written, of others what is shown of
 * them. List items and table rows count as selected whole.
 * @param element Its blocks have to be marked with where they start. `undefined` if nothing in it is selected, or if
 * anything outside is too: only the browser can copy both.
 */
export function selectionSource(element: Element, tree: SourceTree): string | undefined {
  const selection = element.ownerDocument.getSelection()
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined
  const selected = selection.getRangeAt(0)
  if (!selected.intersectsNode(element)) return undefined
  // It may reach to the start of what follows, and select nothing there.
  if (selectedPart(element, selected).toString().trim() !== selected.toString().trim()) return undefined
  return sourceOf(element, tree.root, selected, tree.text)
}

function sourceOf(element: Element, node: Marked | undefined, selected: Range, text: string): string {
  const shown = selectedPart(element, selected).toString()
  if (!node) return shown
  const isWhole = node.type === 'item' || node.type === 'row' || shown.trim() === element.textContent.trim()
  if (isWhole && node.type !== 'document') return text.slice(node.start, node.end)
  const inner = marksIn(element)
  if (inner.length === 0) return shown
  const nodes = new Map(childrenOf(node).map((child) => [String(child.start), child]))
  return inner
    .filter((mark) => selected.intersectsNode(mark))
    .map((mark) => sourceOf(mark, nodes.get(mark.getAttribute('data-start') ?? ''), selected, text))
    .filter((source) => source !== '')
    .join(node.type === 'list' || node.type === 'table' ? '\n' : '\n\n')
}

function childrenOf(node: Marked): readonly Marked[] {
  if (node.type === 'table') return node.rows
  return 'children' in node ? node.children : []
}

/** The marked elements inside, but for those inside of others. */
function marksIn(element: Element): Element[] {
  return [...element.children].flatMap((child) => (child.hasAttribute('data-start') ? [child] : marksIn(child)))
}

function selectedPart(element: Element, selected: Range): Range {
  const part = element.ownerDocument.createRange()
  part.selectNodeContents(element)
  if (selected.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(selected.startContainer, selected.startOffset)
  }
  if (selected.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(selected.endContainer, selected.endOffset)
  return part
}
