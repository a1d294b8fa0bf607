import type { Journal } from '../journal.ts'
import type { LeafContents } from '../leaf-content.ts'
import type { Line } from '../line.ts'
import type { References } from '../references.ts'
import type { Block, LineBlock, ParagraphBlock, Row } from '../tree.ts'

/** What the rules for single kinds of blocks may do to the tree. */
export interface BlockTree {
  readonly contents: LeafContents
  readonly references: References
  readonly journal: Journal
  /** The innermost open block. */
  readonly tip: Block
  /**
   * Adds a block inside another, or inside the nearest around that which can hold it. What is open and does not go on in
   * this line is closed first.
   */
  add<Added extends Block>(added: Added, parent: Block): Added
  close(block: Block): void
  /** Puts a block in the place of an open one. */
  replace(block: Block, replacement: Block): void
  /** Adds a row to its table. */
  addRow(row: Row): void
  addLine(block: LineBlock, text: string): void
  /** Takes definitions off the front of a paragraph. Returns whether any text is left. */
  takeDefinitions(paragraph: ParagraphBlock): boolean
}

/**
 * Looks whether a block starts at the next character of a line, which is indented by less than four columns. Returns the
 * block to go on in, `'done'` if the line is used up, or nothing.
 */
export type BlockStartRule = (line: Line, parent: Block, tree: BlockTree) => Block | 'done' | undefined
