// Scripts that put no spaces between words.
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** How many words a text has. Finding them without spaces takes a dictionary, which is asked only where it is needed. */
export function countWords(text: string): number {
  if (!unspaced.test(text)) return text.match(/\S+/g)?.length ?? 0
  let words = 0
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (isWordLike) words++
  }
  return words
}
