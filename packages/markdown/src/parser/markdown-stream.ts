import type { MarkdownExtension } from './extension.ts'
import type { BlockNode, MarkdownDocument } from './nodes.ts'

export interface MarkdownOptions {
  readonly extensions?: readonly MarkdownExtension[]
  /** Lets `**` and the like close and open beside Chinese, Japanese and Korean punctuation. Default false: the standard. */
  readonly cjkEmphasis?: boolean
  /** How deep quotes and lists may be nested; what is deeper is text. Default 100, at most that. */
  readonly maxDepth?: number
}

/** What the work amounted to. For tests: it does not depend on the machine. */
export interface MarkdownCounters {
  /** Characters that were pushed. */
  readonly received: number
  /** Characters that inline parsing began with, those parsed again counted again. */
  readonly inlineCharacters: number
  /** Blocks changed after they were closed: by late definitions, and paragraphs of lists that turned loose. */
  readonly closedChanges: number
}

export interface MarkdownStream {
  /** More text, cut anywhere. Ignored after `end`. */
  push(text: string): void
  /** Brings the tree up to date, the unfinished end healed for display. Returns the blocks that changed themselves. */
  flush(): readonly BlockNode[]
  /** No more text comes. Brings the tree into its final state and returns what that changed. */
  end(): readonly BlockNode[]
  readonly root: MarkdownDocument
  readonly counters: MarkdownCounters
}
