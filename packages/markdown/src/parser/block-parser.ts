import { takeQuoteMarker } from './blocks/block-quote.ts'
import type { BlockTree } from './blocks/block-rule.ts'
import { continueCode, isClosingFence, mayCloseFence, startIndentedCode } from './blocks/code-block.ts'
import { endExtension } from './blocks/extension-block.ts'
import { continueFootnote } from './blocks/footnote-definition.ts'
import { continueItem } from './blocks/list.ts'
import type { StartRules } from './blocks/start-rules.ts'
import { readRow } from './blocks/table.ts'
import type { Journal } from './journal.ts'
import type { LeafContents } from './leaf-content.ts'
import type { Line } from './line.ts'
import type { References } from './references.ts'
import {
  type Block,
  type CodeBlock,
  canHold,
  createInner,
  type DocumentBlock,
  endsBlank,
  isContainer,
  type LineBlock,
  openChild,
  type ParagraphBlock,
  type Row,
  type Stamped,
} from './tree.ts'
import { isSettledText } from './undecided.ts'

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

export interface BlockParserOptions {
  readonly gfm: boolean
  readonly rules: StartRules
  readonly maxDepth: number
  readonly contents: LeafContents
  readonly references: References
  readonly journal: Journal
  /** Told of each node that changes. */
  readonly touch: (node: Stamped) => void
}

/**
 * The first phase of CommonMark: lines become blocks. It looks at one line at a time, at the path of open blocks and at
 * nothing else, so a block that is closed is never visited again.
 * @see the appendix of the standard, "Phase 1: block structure"
 */
export function createBlockParser(options: BlockParserOptions): BlockParser {
  const { gfm, rules, maxDepth, contents, references, journal, touch } = options
  const root: DocumentBlock = {
    ...createInner(0),
    type: 'document',
    parent: undefined,
    children: [],
    footnotes: undefined,
  }
  const state: { tip: Block } = { tip: root }
  /** The innermost block that goes on in the current line. What is open inside it is to be closed if the line needs it. */
  let matched: Block = root

  /** What only the unfinished line changed changes once more when that is undone. */
  function change(node: Stamped): void {
    touch(node)
    journal.record(() => touch(node))
  }

  const tree: BlockTree = {
    contents,
    references,
    journal,
    get tip() {
      return state.tip
    },
    add,
    close,
    replace,
    addLine,
    addRow,
    takeDefinitions,
  }

  function closeUnmatched(): void {
    while (state.tip !== matched) close(state.tip)
  }

  function add<Added extends Block>(added: Added, inside: Block): Added {
    closeUnmatched()
    let parent = inside
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

  function attach(added: Block, parent: Block): void {
    if (!isContainer(parent)) return
    added.parent = parent
    journal.push(parent.children, added)
    change(parent)
    setTip(added)
    change(added)
  }

  function setTip(block: Block): void {
    journal.set(state, 'tip', block)
    matched = block
  }

  function close(block: Block): void {
    if (!block.open) return
    journal.set(block, 'open', false)
    change(block)
    if (state.tip === block) journal.set(state, 'tip', block.parent ?? root)
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

  function replace(block: Block, replacement: Block): void {
    const { parent } = block
    if (!parent) return
    journal.set(block, 'open', false)
    journal.pop(parent.children)
    attach(replacement, parent)
    if (block.type !== 'paragraph') return
    if (replacement.type === 'heading') journal.set(block.content, 'owner', replacement)
    else contents.drop(block.content)
  }

  function takeDefinitions(paragraph: ParagraphBlock): boolean {
    const { content, lineRanges } = paragraph
    const taken = contents.takeDefinitions(content)
    if (taken > 0) {
      journal.set(paragraph, 'lineRanges', lineRanges.slice(taken))
      journal.set(paragraph, 'start', lineRanges[taken]?.start ?? paragraph.end)
    }
    return content.segments.length > 0 || content.text.trim() !== ''
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

  function readLine(line: Line): AppendableBlock | undefined {
    const ended = matchOpenBlocks(line)
    if (ended) {
      noteLine(ended, line)
      close(ended)
      return
    }
    const block = startBlocks(line)
    if (block) return readRest(block, line)
    const { tip } = state
    noteLine(tip, line)
    if (!line.isUnfinished && !mayGoOn(tip)) close(tip)
    return
  }

  /** Finds out which open blocks go on in this line. Returns the one that the line ends. */
  function matchOpenBlocks(line: Line): Block | undefined {
    matched = root
    for (let block = openChild(root); block; block = openChild(block)) {
      if (isLastLine(block, line)) return block
      if (!goesOn(block, line)) return
      matched = block
    }
    return
  }

  function isLastLine(block: Block, line: Line): boolean {
    if (block.type === 'code-block') return block.fenced && isClosingFence(line, block)
    return block.type === 'extension-block' && endExtension(line, block, tree)
  }

  /** Starts what starts in this line. Returns the block to which the rest of the line belongs, if there is a rest. */
  function startBlocks(line: Line): Block | undefined {
    let block = matched
    while (!('lines' in block) && !line.isBlank && depthOf(block) < maxDepth) {
      const started = startBlock(line, block)
      if (!started) break
      if (started === 'done') return
      block = started
    }
    return block
  }

  function startBlock(line: Line, parent: Block): Block | 'done' | undefined {
    if (line.isIndented) return startIndentedCode(line, parent, tree)
    for (const rule of rules.get(line.first ?? '') ?? []) {
      const started = rule(line, parent, tree)
      if (started) return started
    }
    return
  }

  function readRest(block: Block, line: Line): AppendableBlock | undefined {
    const { tip } = state
    // A line that does not even have the markers of the blocks around a paragraph may continue it all the same.
    if (tip !== matched && !line.isBlank && tip.type === 'paragraph') return continueParagraph(tip, line)
    closeUnmatched()
    if (block.type === 'paragraph') return continueParagraph(block, line)
    if (isContainer(block) && !line.isBlank) return startParagraph(block, line)
    noteLine(block, line)
    if ('lines' in block) return readVerbatim(block, line)
    if (block.type === 'table') addRow(readRow(line, block, contents))
    return
  }

  function startParagraph(parent: Block, line: Line): AppendableBlock | undefined {
    const content = contents.create('')
    const paragraph: ParagraphBlock = { ...createInner(line.contentStart), type: 'paragraph', content, lineRanges: [] }
    content.owner = paragraph
    return continueParagraph(add(paragraph, parent), line)
  }

  function continueParagraph(paragraph: ParagraphBlock, line: Line): AppendableBlock | undefined {
    noteLine(paragraph, line)
    journal.push(paragraph.lineRanges, { start: line.contentStart, end: line.end })
    contents.appendLine(paragraph.content, line.content)
    change(paragraph)
    takeTaskMarker(paragraph)
    if (!journal.isRecording) contents.settle(paragraph.content)
    return line.isUnfinished && isSettledText(line, (character) => rules.has(character)) ? paragraph : undefined
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
    const isIndentedCode = block.type === 'code-block' && !block.fenced
    if (isIndentedCode && line.isBlank) {
      journal.push(block.blankLines, line.rest)
      return
    }
    if (isIndentedCode) {
      for (const blank of block.blankLines) addLine(block, blank)
      journal.set(block, 'blankLines', [])
    }
    if (line.isUnfinished) return readUnfinished(block, line)
    addLine(block, line.rest)
    if (block.type === 'html-block' && block.endPattern?.test(line.rest)) close(block)
    return
  }

  function readUnfinished(block: LineBlock, line: Line): AppendableBlock | undefined {
    const mayEnd =
      block.type === 'extension-block'
        ? block.trigger.includes(line.first ?? ' ')
        : block.type === 'code-block' && block.fenced && mayCloseFence(line, block)
    journal.set(block, 'unfinishedLine', mayEnd ? undefined : line.rest)
    return block.type === 'code-block' && block.fenced && !mayEnd ? block : undefined
  }

  /** Notes for the blocks around a line where they end, and whether in a blank one. */
  function noteLine(block: Block, line: Line): void {
    const { isBlank } = line
    const lastChild = isContainer(block) ? block.children.at(-1) : undefined
    if (isBlank && lastChild) journal.set(lastChild, 'endsBlank', true)
    const isVerbatim = 'lines' in block && !(block.type === 'code-block' && !block.fenced)
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
    while (state.tip !== root) close(state.tip)
    close(root)
  }

  return {
    root,
    get tip() {
      return state.tip
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

function depthOf(block: Block): number {
  let depth = 0
  for (let outer = block.parent; outer; outer = outer.parent) depth++
  return depth
}

/** A blank line after the marker of an item does not count as one between its blocks. */
function isNewItem(block: Block, line: Line): boolean {
  return block.type === 'item' && block.children.length === 0 && block.start >= line.start
}
