import type { Delimiter } from './delimiters.ts'
import type { Piece } from './pieces.ts'

/** A `[` or `![` that may open a link or an image. See "look for link or image" in the standard. */
export interface Bracket {
  readonly piece: Piece
  readonly isImage: boolean
  /** Where its text starts. */
  readonly start: number
  /** What was on top of the delimiter stack before it. */
  readonly delimiter: Delimiter | undefined
  readonly below: Bracket | undefined
  readonly order: number
  /** Whether another bracket was opened after it: then its text is no label. */
  holdsBracket: boolean
}

export interface BracketStack {
  readonly top: Bracket | undefined
  push(bracket: Pick<Bracket, 'piece' | 'isImage' | 'start' | 'delimiter'>): void
  pop(): void
  /** Links hold no links: what is open opens none any more. */
  deactivateLinks(): void
  isActive(bracket: Bracket): boolean
}

export function createBracketStack(): BracketStack {
  let top: Bracket | undefined
  let count = 0
  let inactiveUpTo = 0

  return {
    get top() {
      return top
    },
    push(bracket) {
      if (top) top.holdsBracket = true
      top = { ...bracket, below: top, order: ++count, holdsBracket: false }
    },
    pop() {
      top = top?.below
    },
    deactivateLinks() {
      inactiveUpTo = top?.order ?? 0
    },
    isActive({ isImage, order }) {
      return isImage || order > inactiveUpTo
    },
  }
}
