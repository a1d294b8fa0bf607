import type { AppendableBlock, BlockParser } from './block-parser.ts'
import { isFenced } from './blocks/code-block.ts'
import type { Journal } from './journal.ts'
import { Line } from './line.ts'
import { isUndecided } from './undecided.ts'

/** The line that has not ended. */
export interface LastLine {
  add(text: string): void
  /** The line is complete, and the next one starts at that place in the source. */
  end(nextStart: number): void
  /** The next line starts one later: what was there belonged to the end of the last one. */
  skip(): void
  /** Parses it as if it were complete, for display: that is undone when more comes. */
  show(): void
  /** No more text comes. */
  finish(): void
}

// A line longer than that is parsed for display only when it has grown by so much: that is linear, however long it gets.
const backOffLength = 2048
const backOffGrowth = 1.3

export function createLastLine(blocks: BlockParser, journal: Journal): LastLine {
  let start = 0
  let length = 0
  let shownLength = 0
  /** What the block that the line is appended to has not taken. */
  let text = ''
  /** The block whose text it is, once that is settled: then what follows is added there, and nothing is undone. */
  let appendable: AppendableBlock | undefined

  function undo(): void {
    if (journal.isRecording) journal.rollback()
  }

  function complete(): void {
    if (appendable) blocks.endLine(appendable)
    else {
      undo()
      blocks.readLine(new Line(text, start, false))
    }
  }

  function isWithheld(): boolean {
    const { tip } = blocks
    if (isFenced(tip)) return text.trim() === ''
    return isUndecided(text, tip.type === 'table')
  }

  return {
    add(added) {
      length += added.length
      if (appendable) blocks.appendToLine(appendable, added, start + length)
      else text += added
    },
    end(nextStart) {
      complete()
      start = nextStart
      length = 0
      shownLength = 0
      text = ''
      appendable = undefined
    },
    skip() {
      start++
    },
    show() {
      if (appendable || length === shownLength) return
      if (shownLength > backOffLength && length < shownLength * backOffGrowth) return
      undo()
      shownLength = length
      if (isWithheld()) return
      journal.start()
      if (!blocks.readLine(new Line(text, start, true))) return
      undo()
      appendable = blocks.readLine(new Line(text, start, true))
      text = ''
    },
    finish() {
      if (length > 0) complete()
    },
  }
}
