/** Where a reply that broke off and its continuation meet. */
export interface Seam {
  /** What of this piece of the continuation is new; what may still be a repetition is held back. */
  push(text: string): string
  /** The continuation is over, or something else than text follows: what is still held back. */
  end(): string
}

// An overlap as short as this is no coincidence, but for the exceptions below.
const shortestOverlap = 8
const shortestWords = 3
// How far back a continuation may begin, where it does not begin all over.
const reach = 4000

/**
 * Takes out of a continuation what repeats the end of the text before it: models that are asked to go on like to begin
 * with the word, the sentence or the paragraph they were cut in, or with the whole reply. The longest end of `before`
 * with which the continuation begins is dropped, up to 4,000 characters of it or all; everything else passes, unchanged
 * and as soon as it cannot be a repetition.
 *
 * Texts also repeat themselves by chance, so an overlap counts only where it is 8 characters long, or 3 and whole words
 * or a line (the last word may be cut). It never counts where the text repeats itself already, like a ruler, rows that are
 * alike or `0, 0, 0`, nor without any letter or digit. So what is shorter stays twice, and a text that goes on by saying its last 8 characters
 * once more loses them. Lengths are in UTF-16 code units. The time is linear in both texts, however they are cut.
 */
export function createSeam(before: string): Seam {
  const near = before.slice(-reach)
  let held = ''
  let isRestart = true
  let isOver = false

  function take(text: string): string {
    if (isOver) return text
    // Piece by piece: what is held is not looked into while it grows, which would copy it each time.
    isRestart &&= before.startsWith(text, held.length)
    held += text
    return isRestart || near.includes(held) ? '' : settle()
  }

  function settle(): string {
    if (isOver || !held) return ''
    isOver = true
    let length = held.startsWith(before) ? before.length : Math.min(held.length, near.length)
    while (!before.endsWith(held.slice(0, length))) length--
    return held.slice(isByChance(before, length) ? 0 : length)
  }

  return { push: take, end: settle }
}

/** Whether the last characters of a text, so many of them, could well be said once more. */
function isByChance(text: string, length: number): boolean {
  const overlap = text.slice(-length)
  const previous = text.at(-length - 1)
  const begins = isWord(overlap[0]) ? !isWord(previous) : previous === '\n'
  const shortest = begins && isWord(overlap.at(-1)) ? shortestWords : shortestOverlap
  if (length < shortest || !isWord(overlap)) return true
  if (length > reach) return false
  let period = 1
  while (!overlap.startsWith(overlap.slice(period))) period++
  return text.endsWith(overlap.slice(-period).repeat(2))
}

/** Whether there is a letter or a digit in it. */
function isWord(text = ''): boolean {
  return /[\p{L}\p{M}\p{N}]/u.test(text)
}
