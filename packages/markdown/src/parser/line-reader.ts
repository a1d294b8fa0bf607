import type { LastLine } from './last-line.ts'

/** Cuts text into lines, whichever of the three line ends it has and wherever it is cut itself. */
export interface LineReader {
  /** How many characters came. */
  readonly received: number
  push(text: string): void
  end(): void
}

export function createLineReader(line: LastLine): LineReader {
  let received = 0
  let position = 0
  /** The first half of a surrogate pair, whose other half may follow. */
  let half = ''
  // A line feed that follows belongs to this carriage return, also in the next piece.
  let endedByReturn = false

  function read(piece: string): void {
    if (piece === '') return
    const skipsMark = position === 0 && piece.startsWith('\ufeff')
    const skipsFeed = endedByReturn && piece.startsWith('\n')
    const skipped = skipsMark || skipsFeed ? 1 : 0
    if (skipped) line.skip()
    position += skipped
    endedByReturn = piece.endsWith('\r')
    const text = piece.slice(skipped)
    const lineEnd = /\r\n?|\n/g
    let at = 0
    for (let found = lineEnd.exec(text); found; found = lineEnd.exec(text)) {
      add(text.slice(at, found.index))
      at = lineEnd.lastIndex
      line.end(position + at)
    }
    add(text.slice(at))
    position += text.length
  }

  function add(text: string): void {
    if (text) line.add(text.replaceAll('\0', '\ufffd'))
  }

  return {
    get received() {
      return received
    },
    push(piece) {
      received += piece.length
      const text = half + piece
      const unit = text.charCodeAt(text.length - 1)
      half = unit >= 0xd800 && unit < 0xdc00 ? text.slice(-1) : ''
      read(half ? text.slice(0, -1) : text)
    },
    end() {
      read(half)
      half = ''
      line.finish()
    },
  }
}
