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
  /** Whether it may open a link: not once it holds one. */
  opensLink: boolean
}

/** Links hold no links: what is open opens none any more. */
export function deactivateLinks(brackets: readonly Bracket[]): void {
  for (let at = brackets.length - 1; at >= 0; at--) {
    const bracket = brackets[at]
    // Those below it open none either.
    if (!bracket?.opensLink) return
    bracket.opensLink = false
  }
}

export const isActive = ({ isImage, opensLink }: Bracket): boolean => isImage || opensLink
