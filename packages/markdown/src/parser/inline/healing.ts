import type { Bracket } from './brackets.ts'
import { type DelimiterStack, wrapOf } from './delimiters.ts'
import { type Piece, remove, wrapBetween } from './pieces.ts'

// How text that is still being written is shown: as if all that is open closed at its end. For display only.

const maxHealedOpeners = 8
/** A bracket that was opened so many characters ago is just a bracket. */
export const maxHealedLength = 300

/** What an open bracket encloses is shown without it if it may become a link. What may become something else is withheld. */
export function healBracket(bracket: Bracket, list: Piece, delimiters: DelimiterStack, text: string): void {
  const { piece, isImage, start } = bracket
  if (text.length - start > maxHealedLength) return
  if (isImage || text[start] === '^') withholdBracket(bracket, list, delimiters)
  else remove(piece)
}

/** Shows neither a bracket nor what follows it. */
export function withholdBracket({ piece, delimiter }: Bracket, list: Piece, delimiters: DelimiterStack): void {
  delimiters.closeAbove(delimiter)
  while (piece.next !== list) remove(piece.next)
  remove(piece)
}

/** Emphasis that is open lasts to the end. Marks that enclose nothing yet are withheld. */
export function healOpeners(list: Piece, delimiters: DelimiterStack): void {
  let healed = 0
  for (let opener = delimiters.top; opener && healed < maxHealedOpeners; opener = opener.previous) {
    if (!opener.canOpen) continue
    for (let left = opener.length; left > 0 && opener.piece.next !== list; ) {
      const used = opener.character === '~' || left % 2 === 0 ? Math.min(2, left) : 1
      wrapBetween(opener.piece, list, wrapOf(opener.character, used))
      left -= used
    }
    opener.piece.text = ''
    healed++
  }
}
