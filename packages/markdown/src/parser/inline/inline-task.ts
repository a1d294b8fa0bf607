import type { FootnoteReference, InlineNode } from '../nodes.ts'

export interface InlineTask {
  readonly text: string
  /** The character before the text, `''` at the start of its block. */
  readonly before: string
  /**
   * - `final`: no more text follows.
   * - `settle`: more may follow; wanted are the segments that it cannot change.
   * - `display`: more may follow; until then the end is shown healed.
   */
  readonly purpose: 'final' | 'settle' | 'display'
}

export interface ParsedSegment {
  readonly nodes: readonly InlineNode[]
  /** Where it ends in the text. */
  readonly end: number
  /** Labels that were looked up in vain, `^` in front of those of footnotes. */
  readonly missing: readonly string[]
  readonly footnotes: readonly FootnoteReference[]
}
