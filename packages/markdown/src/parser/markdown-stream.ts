import { createBlockParser } from './block-parser.ts'
import { createStartRules } from './blocks/start-rules.ts'
import { createChanges } from './changes.ts'
import type { MarkdownExtension } from './extension.ts'
import { createFootnotes } from './footnotes.ts'
import { createInlineEnvironment } from './inline/environment.ts'
import { createJournal } from './journal.ts'
import { createLastLine } from './last-line.ts'
import { createLeafContents } from './leaf-content.ts'
import { createLineReader } from './line-reader.ts'
import type { BlockNode, FootnoteDefinition, MarkdownDocument } from './nodes.ts'
import { createReferences } from './references.ts'
import type { Stamped } from './writable-nodes.ts'

export interface MarkdownOptions {
  readonly extensions?: readonly MarkdownExtension[]
  /** Whether tables, tasks, strikethrough, bare addresses and footnotes mean something. Default true. */
  readonly gfm?: boolean
  /** Lets `**` and the like close and open beside Chinese, Japanese and Korean punctuation. Default false: the standard. */
  readonly cjkEmphasis?: boolean
}

/** What the work amounted to. For tests: it does not depend on the machine. */
export interface MarkdownCounters {
  /** Characters that were pushed. */
  readonly received: number
  /** Characters that inline parsing began with, those parsed again counted again. */
  readonly inlineCharacters: number
  /** Blocks changed after they were closed: by late definitions. */
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

/**
 * Reads CommonMark 0.31.2 and GFM while it is written, in time linear in the text, however it is cut and however often it
 * is flushed. For every cutting the final tree is the same as that of the whole text.
 */
export function createMarkdownStream(options: MarkdownOptions = {}): MarkdownStream {
  const { extensions = [], gfm = true, cjkEmphasis = false } = options
  const journal = createJournal()
  const changes = createChanges()
  const references = createReferences(journal)
  const environment = createInlineEnvironment(
    { gfm, cjkEmphasis, extensions },
    {
      links: references.links,
      // The tree's own types let the parser write; the nodes are the same.
      footnotes: references.footnotes as unknown as ReadonlyMap<string, FootnoteDefinition>,
    },
  )
  const contents = createLeafContents(environment, references, journal, (content) => footnotes.noteChange(content))
  const blocks = createBlockParser({
    gfm,
    rules: createStartRules(gfm, extensions),
    contents,
    references,
    journal,
    touch: changes.touch,
  })
  const footnotes = createFootnotes(blocks.root, changes.touch)
  const lastLine = createLastLine(blocks, journal)
  const lines = createLineReader(lastLine)
  let isOver = false

  function flush(): readonly BlockNode[] {
    parseLateUsers()
    if (!isOver) lastLine.show()
    for (const node of changes.touched()) display(node)
    footnotes.update()
    return changes.take(blocks.root)
  }

  function parseLateUsers(): void {
    // What is defined for display alone must not get into what is settled.
    if (journal.isRecording) return
    for (const { owner } of contents.parseLateUsers()) if (owner) changes.touch(owner)
  }

  function display(node: Stamped): void {
    if (!('content' in node) || node.content.isGone || !node.content.healed) return
    if (!journal.isRecording) contents.settle(node.content)
    contents.display(node.content)
  }

  return {
    push(text) {
      if (!isOver) lines.push(text)
    },
    flush,
    end() {
      if (isOver) return []
      lines.end()
      isOver = true
      blocks.closeAll()
      return flush()
    },
    // The tree's own types let the parser write; the nodes are the same.
    root: blocks.root as unknown as MarkdownDocument,
    get counters() {
      return {
        received: lines.received,
        inlineCharacters: contents.inlineCharacters,
        closedChanges: changes.closedChanges,
      }
    },
  }
}
