import type { Journal } from './journal.ts'
import type { LeafContents } from './leaf-content.ts'
import type { References } from './references.ts'
import {
  type Block,
  type ContainerBlock,
  canHold,
  createInner,
  type DocumentBlock,
  endsBlank,
  type HeadingBlock,
  type LineBlock,
  type ParagraphBlock,
  type Row,
  type Stamped,
  type TableBlock,
} from './writable-nodes.ts'

/** The tree while it is built. All changes go through the journal, so that those of the unfinished line can be undone. */
export interface BlockTree extends BlockTreeOptions {
  readonly root: DocumentBlock
  /** The innermost open block. */
  tip: Block
  /** The innermost block that goes on in the current line. What is open inside it is to be closed if the line needs it. */
  matched: Block
  /** Notes that a node changes, and that it changes once more if that is undone. */
  change(node: Stamped): void
  /**
   * Adds a block inside another, or inside the nearest around that which can hold it. What is open and does not go on in
   * this line is closed first.
   */
  add<Added extends Block>(added: Added, parent: Block): Added
  close(block: Block): void
  closeUnmatched(): void
  /** Puts what a paragraph turned out to be in its place. */
  replace(block: ParagraphBlock, replacement: HeadingBlock | TableBlock): void
  /** Adds a row to its table. */
  addRow(row: Row): void
  addLine(block: LineBlock, text: string): void
  /** Takes definitions off the front of a paragraph. Returns whether any text is left. */
  takeDefinitions(paragraph: ParagraphBlock): boolean
}

export interface BlockTreeOptions {
  readonly contents: LeafContents
  readonly references: References
  readonly journal: Journal
  /** Told of each node that changes. */
  readonly touch: (node: Stamped) => void
}

export function createBlockTree(options: BlockTreeOptions): BlockTree {
  const { contents, journal, touch } = options
  const root: DocumentBlock = {
    ...createInner(0),
    type: 'document',
    parent: undefined,
    children: [],
    footnotes: undefined,
  }
  const tree: BlockTree = {
    ...options,
    root,
    tip: root,
    matched: root,
    change,
    add,
    close,
    closeUnmatched,
    replace,
    addRow,
    addLine,
    takeDefinitions,
  }

  function change(node: Stamped): void {
    touch(node)
    journal.record(() => touch(node))
  }

  function closeUnmatched(): void {
    while (tree.tip !== tree.matched) close(tree.tip)
  }

  function add<Added extends Block>(added: Added, inside: Block): Added {
    closeUnmatched()
    let parent: Block = inside
    while (!canHold(parent, added.type)) {
      close(parent)
      parent = parent.parent ?? root
    }
    const previous = parent.children.at(-1)
    if (previous && endsBlank(previous)) loosen(parent)
    attach(added, parent)
    return added
  }

  /** A blank line between items, or between the blocks of one, makes a list loose. */
  function loosen(parent: Block): void {
    const list = parent.type === 'item' ? parent.parent : parent
    if (list?.type !== 'list' || !list.tight) return
    journal.set(list, 'tight', false)
    change(list)
  }

  function attach(added: Block, parent: ContainerBlock): void {
    added.parent = parent
    added.depth = parent.depth + 1
    if ('content' in added) journal.set(added.content, 'owner', added)
    journal.push(parent.children, added)
    change(parent)
    journal.set(tree, 'tip', added)
    tree.matched = added
    change(added)
  }

  function close(block: Block): void {
    if (!block.open) return
    journal.set(block, 'open', false)
    change(block)
    if (tree.tip === block) journal.set(tree, 'tip', block.parent ?? root)
    if (block.type === 'paragraph' && !takeDefinitions(block)) return remove(block)
    if ('content' in block) {
      journal.set(block.content, 'heals', false)
      if (!journal.isRecording) contents.finish(block.content)
    }
    if (!journal.isRecording) block.isSettled = true
  }

  function remove(paragraph: ParagraphBlock): void {
    contents.drop(paragraph.content)
    const { parent } = paragraph
    if (!parent) return
    journal.pop(parent.children)
    change(parent)
  }

  function replace(block: ParagraphBlock, replacement: HeadingBlock | TableBlock): void {
    const { parent } = block
    if (!parent) return
    journal.set(block, 'open', false)
    journal.pop(parent.children)
    attach(replacement, parent)
    if (replacement.type === 'table') contents.drop(block.content)
  }

  function takeDefinitions(paragraph: ParagraphBlock): boolean {
    const { content, lineRanges } = paragraph
    const taken = contents.takeDefinitions(content)
    if (taken > 0) {
      journal.set(paragraph, 'lineRanges', lineRanges.slice(taken))
      journal.set(paragraph, 'start', lineRanges[taken]?.start ?? paragraph.end)
    }
    return content.segments.length > 0 || content.text !== ''
  }

  function addLine(block: LineBlock, text: string): void {
    journal.push(block.lines, text)
    change(block)
  }

  function addRow(row: Row): void {
    journal.push(row.parent.rows, row)
    change(row.parent)
    for (const cell of row.cells) {
      change(cell)
      if (!journal.isRecording) contents.finish(cell.content)
    }
  }

  return tree
}
