import { trimEnd } from '../characters.ts'
import type { Scanned } from './scan.ts'

/** Finds code in one text. */
export interface CodeScanner {
  /** The code that starts at a backtick; undefined if nothing closes it. */
  scan(at: number): Scanned | undefined
  /** All that follows the backticks there, as if it closed at the end of the text. */
  scanUnclosed(at: number): string
}

/** `mayGrow` says whether backticks at the end of the text may become more, and then close something else. */
export function createCodeScanner(text: string, mayGrow: boolean): CodeScanner {
  // Of which lengths nothing closes any more, so that none is searched for twice.
  const unclosed = new Set<number>()

  function findClosing(length: number, from: number): number {
    for (let at = text.indexOf('`', from); at >= 0; ) {
      const end = endOfBackticks(text, at)
      if (end - at === length && !(mayGrow && end >= text.length)) return at
      at = text.indexOf('`', end)
    }
    return -1
  }

  return {
    scan(at) {
      const start = endOfBackticks(text, at)
      const length = start - at
      const closing = unclosed.has(length) ? -1 : findClosing(length, start)
      if (closing >= 0) return { value: codeOf(text.slice(start, closing)), end: closing + length }
      unclosed.add(length)
      return
    },
    scanUnclosed: (at) => trimEnd(text.slice(endOfBackticks(text, at)).replace(/\n/g, ' '), '`'),
  }
}

export function endOfBackticks(text: string, at: number): number {
  let end = at
  while (text[end] === '`') end++
  return end
}

/** One space on both sides is there to part the code from its marks, unless it is all there is. */
function codeOf(source: string): string {
  const value = source.replace(/\n/g, ' ')
  const isPadded = value.startsWith(' ') && value.endsWith(' ') && /[^ ]/.test(value)
  return isPadded ? value.slice(1, -1) : value
}
