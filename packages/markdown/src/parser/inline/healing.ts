import type { Bracket } from './brackets.ts'
import { type DelimiterStack, wrapOf } from './delimiters.ts'
import { type Piece, remove, wrapBetween } from './pieces.ts'

// How text that is still being written is shown: as if all that is open closed at its end. For display only.

const maxHealedOpeners = 8
const maxHealedLength = 300

/** What an open bracket encloses is shown without it if it may become a link, and withheld if it may become an image. */
export function healBracket(bracket: Bracket, list: Piece, delimiters: DelimiterStack, length: number): void {
  if (length > maxHealedLength) return
  bracket.piece.text = ''
  if (!bracket.isImage) return
  delimiters.closeAbove(bracket.delimiter)
  while (list.previous !== bracket.piece) remove(list.previous)
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
