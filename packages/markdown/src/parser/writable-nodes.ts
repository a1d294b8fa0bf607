import type { BlockStart } from './extension.ts'
import type { LeafContent } from './leaf-content.ts'
import type * as nodes from './nodes.ts'

// The nodes as the parser sees them: it may write them, and knows more of those that are open.

type Writable<Node> = { -readonly [Key in keyof Node]: Node[Key] }

/** What the parser adds to every block. */
interface Inner {
  parent: ContainerBlock | undefined
  /** How many blocks are around it. */
  depth: number
  /** Whether its last line was blank: then a block that follows in the same list makes it loose. */
  endsBlank: boolean
  /** Whether it is closed for good, not for display alone. */
  isSettled: boolean
}

type Own<Node> = Omit<Writable<Node>, 'parent' | 'children' | 'content' | 'lines' | 'rows'> & Inner

export type DocumentBlock = Own<nodes.MarkdownDocument> & { children: Block[] }
export type QuoteBlock = Own<nodes.BlockQuote> & { children: Block[] }
/** `marker` is what its items have in common: the bullet, or the character after the number. */
export type ListBlock = Own<nodes.List> & { children: Block[]; readonly marker: string }
/** Its content is indented by that many columns. */
export type ItemBlock = Own<nodes.ListItem> & { children: Block[]; readonly contentIndent: number }
export type FootnoteBlock = Own<nodes.FootnoteDefinition> & { children: Block[] }
export type ParagraphBlock = Own<nodes.Paragraph> & { content: LeafContent; lineRanges: LineRange[] }
export type HeadingBlock = Own<nodes.Heading> & { content: LeafContent }
export type BreakBlock = Own<nodes.ThematicBreak>
export type CodeBlock = Own<nodes.CodeBlock> & {
  lines: string[]
  /** The characters of the opening fence; `''` if it is indented. */
  readonly fence: string
  readonly fenceIndent: number
  /** Blank lines that belong to it only if others follow. */
  blankLines: string[]
}
/** It ends after a line that matches, or before a blank one. */
export type HtmlBlock = Own<nodes.HtmlBlock> & { lines: string[]; readonly endPattern: RegExp | undefined }
export type ExtensionBlock = Own<nodes.ExtensionBlock> & {
  lines: string[]
  readonly isEnd: BlockStart['end']
  readonly trigger: string
}
/** `filled` counts the empty cells that its rows got because they lacked them. */
export type TableBlock = Own<nodes.Table> & { rows: Row[]; filled: number }
export type Row = Omit<Writable<nodes.TableRow>, 'cells'> & { readonly parent: TableBlock; cells: Cell[] }
export type Cell = Omit<Writable<nodes.TableCell>, 'content'> & { readonly parent: Row; content: LeafContent }

/** Where a line starts and ends in the source. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

export type ContainerBlock = DocumentBlock | QuoteBlock | ListBlock | ItemBlock | FootnoteBlock
export type LineBlock = CodeBlock | HtmlBlock | ExtensionBlock
export type TextBlock = ParagraphBlock | HeadingBlock
export type Block = ContainerBlock | LineBlock | TextBlock | BreakBlock | TableBlock
/** What carries a stamp. */
export type Stamped = Block | Row | Cell

export function createInner(start: number): Inner & { stamp: number; start: number; end: number; open: boolean } {
  return { parent: undefined, depth: 0, stamp: 0, start, end: start, open: true, endsBlank: false, isSettled: false }
}

export function isContainer(block: Block): block is ContainerBlock {
  return 'children' in block
}

/** The open block inside this one, if there is one. */
export function openChild(block: Block): Block | undefined {
  const last = isContainer(block) ? block.children.at(-1) : undefined
  return last?.open ? last : undefined
}

export function canHold(parent: Block, child: Block['type']): parent is ContainerBlock {
  if (parent.type === 'list') return child === 'item'
  return child !== 'item' && isContainer(parent)
}

/** Whether it ends in a blank line, also one inside its last item. */
export function endsBlank(block: Block): boolean {
  let last: Block | undefined = block
  while (last && !last.endsBlank) last = last.type === 'list' || last.type === 'item' ? last.children.at(-1) : undefined
  return last !== undefined
}
