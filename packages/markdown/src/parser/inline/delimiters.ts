import { characterAt, characterBefore, isCjk, isPunctuation, isWhitespace } from '../characters.ts'
import type { InlineNode } from '../nodes.ts'
import { type Piece, wrapBetween } from './pieces.ts'

/** A run of `*`, `_` or `~` that may open or close emphasis. See "process emphasis" in the standard. */
export interface Delimiter extends DelimiterRun {
  readonly originalLength: number
  readonly piece: Piece
  /** Counts up along the text. */
  readonly order: number
  previous: Delimiter | undefined
  next: Delimiter | undefined
}

export interface DelimiterStack {
  readonly top: Delimiter | undefined
  push(piece: Piece, run: DelimiterRun): void
  /** Closes what can be closed above a delimiter, and forgets all that is left there. */
  closeAbove(bottom: Delimiter | undefined): void
  /** Closes what can be closed so far. What may still open something stays. */
  closeSoFar(): void
}

export interface DelimiterRun {
  readonly character: string
  /** Characters not used up yet. */
  length: number
  readonly canOpen: boolean
  readonly canClose: boolean
}

/** The run that starts there. `before` is what precedes the text. */
export function readDelimiterRun(text: string, at: number, before: string, cjkEmphasis: boolean): DelimiterRun {
  const character = text.charAt(at)
  let end = at + 1
  while (text[end] === character) end++
  const isUnderscore = character === '_'
  const previous = neighbourOf(at === 0 ? before : characterBefore(text, at), cjkEmphasis && !isUnderscore)
  const next = neighbourOf(characterAt(text, end), cjkEmphasis && !isUnderscore)
  // Left-flanking and right-flanking in the words of the standard.
  const leansRight = next !== 'space' && (next !== 'mark' || previous !== 'letter')
  const leansLeft = previous !== 'space' && (previous !== 'mark' || next !== 'letter')
  return {
    character,
    length: end - at,
    canOpen: leansRight && (!isUnderscore || !leansLeft || previous === 'mark'),
    canClose: leansLeft && (!isUnderscore || !leansRight || next === 'mark'),
  }
}

/** What a character beside a run is to it. Chinese, Japanese and Korean ones may be told apart: they neither join nor part. */
function neighbourOf(character: string, knowsCjk: boolean): 'space' | 'mark' | 'letter' | 'cjk' {
  if (character === '' || isWhitespace(character)) return 'space'
  if (knowsCjk && isCjk(character)) return 'cjk'
  return isPunctuation(character) ? 'mark' : 'letter'
}

export function createDelimiterStack(): DelimiterStack {
  let top: Delimiter | undefined
  let count = 0
  let firstNewCloser: Delimiter | undefined
  // For each kind of closer: no delimiter up to that order opens it. Kept from one run to the next, or crafted text
  // would be searched again and again.
  const noOpenerUpTo = new Map<string, number>()

  function push(piece: Piece, { character, length, canOpen, canClose }: DelimiterRun): void {
    if (!canOpen && !canClose) return
    const delimiter: Delimiter = {
      character,
      length,
      originalLength: length,
      piece,
      canOpen,
      canClose,
      order: ++count,
      previous: top,
      next: undefined,
    }
    if (top) top.next = delimiter
    top = delimiter
    if (canClose) firstNewCloser ??= delimiter
  }

  function forget(delimiter: Delimiter): void {
    if (delimiter.previous) delimiter.previous.next = delimiter.next
    if (delimiter.next) delimiter.next.previous = delimiter.previous
    else top = delimiter.previous
  }

  function forgetAll(): undefined {
    top = undefined
    firstNewCloser = undefined
  }

  function closeSoFar(): void {
    const closer = firstNewCloser
    firstNewCloser = undefined
    closeFrom(closer, undefined, noOpenerUpTo)
  }

  function closeAbove(bottom: Delimiter | undefined): void {
    if (firstNewCloser && firstNewCloser.order > (bottom?.order ?? 0)) firstNewCloser = undefined
    let lowest: Delimiter | undefined
    for (let delimiter = top; delimiter && delimiter !== bottom; delimiter = delimiter.previous) lowest = delimiter
    closeFrom(lowest, bottom, new Map())
    while (top && top !== bottom) forget(top)
  }

  function closeFrom(
    lowest: Delimiter | undefined,
    bottom: Delimiter | undefined,
    noOpener: Map<string, number>,
  ): void {
    let closer = lowest
    while (closer) {
      const opener = closer.canClose && findOpener(closer, bottom, noOpener)
      if (opener) closer = close(opener, closer)
      else {
        if (!closer.canOpen) forget(closer)
        closer = closer.next
      }
    }
  }

  function findOpener(
    closer: Delimiter,
    bottom: Delimiter | undefined,
    noOpener: Map<string, number>,
  ): Delimiter | undefined {
    const kind = kindOf(closer)
    const lowest = Math.max(bottom?.order ?? 0, noOpener.get(kind) ?? 0)
    for (let opener = closer.previous; opener && opener.order > lowest; opener = opener.previous)
      if (matches(opener, closer)) return opener
    noOpener.set(kind, closer.order - 1)
    return
  }

  /** Uses up one pair of marks. Returns the closer to go on with. */
  function close(opener: Delimiter, closer: Delimiter): Delimiter | undefined {
    const used = closer.character === '~' ? closer.length : Math.min(2, opener.length, closer.length)
    while (closer.previous && closer.previous !== opener) forget(closer.previous)
    if (!wrapBetween(opener.piece, closer.piece, wrapOf(closer.character, used))) return forgetAll()
    shorten(opener, used)
    shorten(closer, used)
    if (opener.length === 0) forget(opener)
    if (closer.length > 0) return closer
    forget(closer)
    return closer.next
  }

  return {
    get top() {
      return top
    },
    push,
    closeAbove,
    closeSoFar,
  }
}

export function wrapOf(character: string, length: number): (children: InlineNode[]) => InlineNode {
  const type = character === '~' ? 'strikethrough' : length === 2 ? 'strong' : 'emphasis'
  return (children) => ({ type, children })
}

function shorten(delimiter: Delimiter, used: number): void {
  delimiter.length -= used
  delimiter.piece.text = delimiter.piece.text.slice(used)
}

/** Closers of one kind are opened by the same delimiters. */
function kindOf({ character, length, originalLength, canOpen }: Delimiter): string {
  return character === '~' ? character + length : `${character}${canOpen}${originalLength % 3}`
}

function matches(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.character !== closer.character || !opener.canOpen) return false
  if (closer.character === '~') return opener.length === closer.length
  // The rule of three: `*a**b*` is one emphasis.
  const isEither = closer.canOpen || opener.canClose
  const sum = opener.originalLength + closer.originalLength
  return !isEither || sum % 3 !== 0 || closer.originalLength % 3 === 0
}
