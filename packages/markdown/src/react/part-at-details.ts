import type { BlockNode } from '../parser/nodes.ts'

/** Blocks that stand one after the other: all from `start` on, without that at `end`. */
export interface Run {
  readonly start: number
  readonly end: number
  /** What encloses them, where a tag of `<details>` stands just before them. */
  readonly details?: DetailsTag
}

export interface DetailsTag {
  readonly summary: string
  /** What follows the summary in the block of the tag. */
  readonly text: string
  /** Whether the block holds its closing tag too, and so nothing else is enclosed. */
  readonly isWhole: boolean
}

/** Parts blocks at tags of `<details>` without attributes. One that is never closed encloses all that follows. */
export function partAtDetails(blocks: readonly BlockNode[], start: number, end: number): Run[] {
  const runs: Run[] = []
  let runStart = start
  for (let at = start; at < end; at++) {
    const details = readOpening(blocks[at])
    if (!details) continue
    if (at > runStart) runs.push({ start: runStart, end: at })
    const close = details.isWhole ? at : findClosing(blocks, at + 1, end)
    runs.push({ start: at + 1, end: Math.max(close, at + 1), details })
    runStart = close + 1
    at = close
  }
  if (runStart < end) runs.push({ start: runStart, end })
  return runs
}

function findClosing(blocks: readonly BlockNode[], start: number, end: number): number {
  let depth = 1
  for (let at = start; at < end; at++) {
    if (/^<\/details>\s*$/i.test(detailsHtml(blocks[at]))) depth--
    else if (readOpening(blocks[at])?.isWhole === false) depth++
    if (depth === 0) return at
  }
  return end
}

function readOpening(block: BlockNode | undefined): DetailsTag | undefined {
  const html = detailsHtml(block)
  if (!/^<details>/i.test(html)) return undefined
  const content = html.slice('<details>'.length).trim()
  const [summaryTag = '', summary = ''] = /^<summary>([^<]*)(?:<\/summary>)?/i.exec(content) ?? []
  const text = content.slice(summaryTag.length).trim()
  const isWhole = /<\/details>$/i.test(text)
  return { summary: summary.trim(), text: isWhole ? text.slice(0, -'</details>'.length).trim() : text, isWhole }
}

/** The HTML of a block that begins with such a tag, opening or closing. */
function detailsHtml(block: BlockNode | undefined): string {
  if (block?.type !== 'html-block') return ''
  const { lines, unfinishedLine = '' } = block
  if (!/^\s*<\/?details>/i.test(lines[0] ?? unfinishedLine)) return ''
  return [...lines, unfinishedLine].join('\n').trim()
}
