import type { BlockTree } from '../block-tree.ts'
import type { Line } from '../line.ts'
import type { Block } from '../writable-nodes.ts'

/**
 * Looks whether a block starts at the next character of a line, which is indented by less than four columns. Returns the
 * block to go on in, `'done'` if the line is used up, or nothing.
 */
export type BlockStartRule = (line: Line, parent: Block, tree: BlockTree) => Block | 'done' | undefined
