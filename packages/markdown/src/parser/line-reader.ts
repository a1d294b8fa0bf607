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

  function read(text: string): void {
    if (text === '') return
    let at = 0
    const skipsMark = position === 0 && text.startsWith('\ufeff')
    const skipsFeed = endedByReturn && text.startsWith('\n')
    if (skipsMark || skipsFeed) {
      line.skip()
      at = 1
    }
    endedByReturn = text.endsWith('\r')
    const lineEnd = /\r\n?|\n/g
    lineEnd.lastIndex = at
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
