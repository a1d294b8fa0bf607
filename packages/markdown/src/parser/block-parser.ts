import { type BlockTreeOptions, createBlockTree } from './block-tree.ts'
import { takeQuoteMarker } from './blocks/block-quote.ts'
import { continueCode, isClosingFence, isFenced, mayCloseFence, startIndentedCode } from './blocks/code-block.ts'
import { endExtension } from './blocks/extension-block.ts'
import { continueFootnote } from './blocks/footnote-definition.ts'
import { continueItem } from './blocks/list.ts'
import type { StartRules } from './blocks/start-rules.ts'
import { readRow } from './blocks/table.ts'
import type { Line } from './line.ts'
import { isSettledText } from './undecided.ts'
import {
  type Block,
  type CodeBlock,
  createInner,
  type DocumentBlock,
  isContainer,
  type LineBlock,
  openChild,
  type ParagraphBlock,
} from './writable-nodes.ts'

/** A block of which an unfinished line is so settled that what follows may simply be appended to it. */
export type AppendableBlock = ParagraphBlock | CodeBlock

export interface BlockParser {
  readonly root: DocumentBlock
  readonly tip: Block
  /**
   * Makes a line part of the tree, for good unless the journal records. If the line is unfinished and all that it does is
   * to continue the text of a block whatever may follow, that block is returned.
   */
  readLine(line: Line): AppendableBlock | undefined
  /** More of the line that was appendable. */
  appendToLine(block: AppendableBlock, text: string, end: number): void
  endLine(block: AppendableBlock): void
  /** The end of the text. */
  closeAll(): void
}

export interface BlockParserOptions extends BlockTreeOptions {
  readonly gfm: boolean
  readonly rules: StartRules
}

// React and the DOM recurse. Quotes and lists in so many others are text.
const maxDepth = 100

/**
 * The first phase of CommonMark: lines become blocks. It looks at one line at a time, at the path of open blocks and at
 * nothing else, so a block that is closed is never visited again.
 * @see the appendix of the standard, "Phase 1: block structure"
 */
export function createBlockParser(options: BlockParserOptions): BlockParser {
  const { gfm, rules } = options
  const tree = createBlockTree(options)
  const { root, contents, journal, change } = tree

  function readLine(line: Line): AppendableBlock | undefined {
    const ended = matchOpenBlocks(line)
    if (ended) {
      noteLine(ended, line)
      tree.close(ended)
      return
    }
    const block = startBlocks(line)
    if (block) return readRest(block, line)
    const { tip } = tree
    noteLine(tip, line)
    if (!line.isUnfinished && !mayGoOn(tip)) tree.close(tip)
    return
  }

  /** Finds out which open blocks go on in this line. Returns the one that the line ends. */
  function matchOpenBlocks(line: Line): Block | undefined {
    tree.matched = root
    for (let block = openChild(root); block; block = openChild(block)) {
      if (isLastLine(block, line)) return block
      if (!goesOn(block, line)) return
      tree.matched = block
    }
    return
  }

  function isLastLine(block: Block, line: Line): boolean {
    if (isFenced(block)) return isClosingFence(line, block)
    return block.type === 'extension-block' && endExtension(line, block, tree)
  }

  /** Starts what starts in this line. Returns the block to which the rest of the line belongs, if there is a rest. */
  function startBlocks(line: Line): Block | undefined {
    let block = tree.matched
    while (!('lines' in block) && !line.isBlank && block.depth < maxDepth) {
      const started = startBlock(line, block)
      if (!started) break
      if (started === 'done') return
      block = started
    }
    return block
  }

  function startBlock(line: Line, parent: Block): Block | 'done' | undefined {
    if (line.isIndented) return startIndentedCode(line, parent, tree)
    for (const rule of rules.byCharacter.get(line.first ?? '') ?? []) {
      const started = rule(line, parent, tree)
      if (started) return started
    }
    return
  }

  function readRest(block: Block, line: Line): AppendableBlock | undefined {
    const { tip } = tree
    // A line that does not even have the markers of the blocks around a paragraph may continue it all the same.
    if (tip !== tree.matched && !line.isBlank && tip.type === 'paragraph') return continueParagraph(tip, line)
    tree.closeUnmatched()
    if (block.type === 'paragraph') return continueParagraph(block, line)
    if (isContainer(block) && !line.isBlank) return startParagraph(block, line)
    noteLine(block, line)
    if ('lines' in block) return readVerbatim(block, line)
    if (block.type === 'table') tree.addRow(readRow(line, block, tree))
    return
  }

  function startParagraph(parent: Block, line: Line): AppendableBlock | undefined {
    const content = contents.create('')
    const paragraph: ParagraphBlock = { ...createInner(line.contentStart), type: 'paragraph', content, lineRanges: [] }
    return continueParagraph(tree.add(paragraph, parent), line)
  }

  function continueParagraph(paragraph: ParagraphBlock, line: Line): AppendableBlock | undefined {
    noteLine(paragraph, line)
    journal.push(paragraph.lineRanges, { start: line.contentStart, end: line.end })
    contents.appendLine(paragraph.content, line.content)
    change(paragraph)
    takeTaskMarker(paragraph)
    if (!journal.isRecording) contents.settle(paragraph.content)
    return line.isUnfinished && isSettledText(line, rules) ? paragraph : undefined
  }

  /** `[x]` and text, first in an item, make it a task. */
  function takeTaskMarker({ parent, content, lineRanges }: ParagraphBlock): void {
    if (!gfm || parent?.type !== 'item' || parent.checked !== undefined || parent.children.length > 1) return
    if (lineRanges.length > 2 || content.segments.length > 0) return
    const [marker, mark] = /^\[([ xX])\]\s+(?=\S)/.exec(content.text) ?? []
    if (!marker) return
    journal.set(parent, 'checked', mark !== ' ')
    contents.replaceText(content, content.text.slice(marker.length))
    change(parent)
  }

  function readVerbatim(block: LineBlock, line: Line): AppendableBlock | undefined {
    change(block)
    if (block.type === 'code-block' && !block.fenced) {
      if (line.isBlank) {
        journal.push(block.blankLines, line.rest)
        return
      }
      for (const blank of block.blankLines) tree.addLine(block, blank)
      journal.set(block, 'blankLines', [])
    }
    if (line.isUnfinished) return readUnfinished(block, line)
    tree.addLine(block, line.rest)
    if (block.type === 'html-block' && block.endPattern?.test(line.rest)) tree.close(block)
    return
  }

  function readUnfinished(block: LineBlock, line: Line): AppendableBlock | undefined {
    const mayEnd =
      block.type === 'extension-block'
        ? block.trigger.includes(line.first ?? ' ')
        : isFenced(block) && mayCloseFence(line, block)
    journal.set(block, 'unfinishedLine', mayEnd ? undefined : line.rest)
    return isFenced(block) && !mayEnd ? block : undefined
  }

  /** Notes for the blocks around a line where they end, and whether in a blank one. */
  function noteLine(block: Block, line: Line): void {
    const { isBlank } = line
    const lastChild = isContainer(block) ? block.children.at(-1) : undefined
    if (isBlank && lastChild) journal.set(lastChild, 'endsBlank', true)
    const isVerbatim = 'lines' in block && (block.type !== 'code-block' || block.fenced)
    const isBlankEnd =
      isBlank && block.type !== 'block-quote' && !(isVerbatim && block.type !== 'html-block') && !isNewItem(block, line)
    for (let outer: Block | undefined = block; outer; outer = outer.parent) {
      journal.set(outer, 'endsBlank', isBlankEnd)
      if (!isBlank || isVerbatim) journal.set(outer, 'end', line.end)
    }
  }

  function appendToLine(block: AppendableBlock, text: string, end: number): void {
    if (block.type === 'code-block') block.unfinishedLine = (block.unfinishedLine ?? '') + text
    else {
      contents.append(block.content, text)
      const { lineRanges } = block
      const start = lineRanges.at(-1)?.start ?? end
      lineRanges[lineRanges.length - 1] = { start, end }
    }
    for (let outer: Block | undefined = block; outer; outer = outer.parent) outer.end = end
    change(block)
  }

  function endLine(block: AppendableBlock): void {
    change(block)
    if (block.type === 'paragraph') return contents.settle(block.content)
    block.lines.push(block.unfinishedLine ?? '')
    block.unfinishedLine = undefined
  }

  function closeAll(): void {
    while (tree.tip !== root) tree.close(tree.tip)
    tree.close(root)
  }

  return {
    root,
    get tip() {
      return tree.tip
    },
    readLine,
    appendToLine,
    endLine,
    closeAll,
  }
}

/** Whether a block reaches over its first line. */
function mayGoOn(block: Block): boolean {
  if (block.type === 'extension-block') return block.isEnd !== undefined
  return block.type !== 'heading' && block.type !== 'thematic-break'
}

function goesOn(block: Block, line: Line): boolean {
  switch (block.type) {
    case 'block-quote':
      return takeQuoteMarker(line)
    case 'item':
      return continueItem(line, block)
    case 'footnote-definition':
      return continueFootnote(line)
    case 'code-block':
      return continueCode(line, block)
    case 'html-block':
      return !line.isBlank || block.endPattern !== undefined
    case 'paragraph':
    case 'table':
      return !line.isBlank
    default:
      return block.type === 'list' || block.type === 'extension-block'
  }
}

/** A blank line after the marker of an item does not count as one between its blocks. */
function isNewItem(block: Block, line: Line): boolean {
  return block.type === 'item' && block.children.length === 0 && block.start >= line.start
}
