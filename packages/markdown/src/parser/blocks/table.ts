import type { BlockTree } from '../block-tree.ts'
import { trimEnd } from '../characters.ts'
import type { Line } from '../line.ts'
import type { Alignment } from '../nodes.ts'
import { type Cell, createInner, type LineRange, type Row, type TableBlock } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

/** `--- | :-:` makes the last line of the paragraph above it the head of a table, if it has as many cells. */
export const startTable: BlockStartRule = (line, parent, tree) => {
  if (parent.type !== 'paragraph' || !/[|:]/.test(line.content)) return
  const delimiters = splitCells(line.content)
  if (!delimiters.every((cell) => /^:?-+:?$/.test(cell))) return
  const { contents } = tree
  const head = splitCells(contents.lastLine(parent.content))
  if (head.length !== delimiters.length) return
  const range = parent.lineRanges.at(-1) ?? parent
  const table: TableBlock = {
    ...createInner(range.start),
    type: 'table',
    align: delimiters.map(alignment),
    rows: [],
    filled: 0,
  }
  contents.takeLastLine(parent.content)
  if (parent.content.text || parent.content.segments.length > 0) {
    tree.journal.set(parent, 'end', parent.lineRanges.at(-2)?.end ?? parent.end)
    tree.add(table, parent)
  } else tree.replace(parent, table)
  tree.addRow(createRow(table, head, range, tree, false))
  return 'done'
}

function alignment(delimiter: string): Alignment {
  const isLeft = delimiter.startsWith(':')
  if (delimiter.endsWith(':')) return isLeft ? 'center' : 'right'
  return isLeft ? 'left' : undefined
}

/** The row that a line is. Cells that it has too few are empty, those too many are dropped. */
export function readRow(line: Line, table: TableBlock, tree: BlockTree): Row {
  const range = { start: line.contentStart, end: line.end }
  // What a backslash at the end escapes is to come.
  const text = line.isUnfinished ? line.content.replace(/\\$/, '') : line.content
  return createRow(table, splitCells(text), range, tree, line.isUnfinished)
}

// A thousand columns and a thousand lines of one letter would be a million cells: no more than these are filled in.
const maxFilled = 10_000

function createRow(
  table: TableBlock,
  texts: readonly string[],
  { start, end }: LineRange,
  { contents, journal }: BlockTree,
  isUnfinished: boolean,
): Row {
  const row: Row = { type: 'row', stamp: 0, parent: table, start, end, cells: [] }
  const filled = table.filled + Math.max(0, table.align.length - texts.length)
  const isFilled = filled <= maxFilled
  if (isFilled) journal.set(table, 'filled', filled)
  row.cells = table.align.slice(0, isFilled ? undefined : texts.length).map((_, index) => {
    const content = contents.create(texts[index] ?? '', isUnfinished && index === texts.length - 1)
    const cell: Cell = { type: 'cell', stamp: 0, parent: row, content }
    content.owner = cell
    return cell
  })
  return row
}

/** What stands between the pipes. An escaped pipe is a pipe of the cell, in code as well. */
export function splitCells(line: string): string[] {
  const text = trimEnd(line.trimStart(), ' \t').replace(/^\|/, '')
  const cells: string[] = []
  let cell = ''
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const character = text[at]
    if (character === '\\' && at + 1 < text.length) {
      at++
      if (text[at] === '|') {
        cell += text.slice(start, at - 1)
        start = at
      }
    } else if (character === '|' || character === undefined) {
      cells.push((cell + text.slice(start, at)).trim())
      cell = ''
      start = at + 1
    }
  }
  // A pipe at the end closes the last cell and opens none.
  if (cells.length > 1 && cells.at(-1) === '') cells.pop()
  return cells
}
