import { replaceText } from '../composer/insert-text.ts'
import type { RecognitionEvent } from './recognition.ts'

/**
 * Writes what is said into a field, at its cursor: guesses too, which are replaced as they get better. What is changed by
 * hand meanwhile stays.
 * @returns takes the results of the recognition.
 */
export function createDictation(area: HTMLTextAreaElement): (event: RecognitionEvent) => void {
  let start = area.selectionStart
  let end = area.selectionEnd
  let written: string | undefined
  /** Of the whole text, as it was left. */
  let length = 0
  /** Results before this one are no longer touched. */
  let firstResult = 0

  /** Where it stands: where it was, or as far away as the text has grown, should that be before it; -1 where it was changed. */
  function findAgain(words: string): number {
    const grown = area.value.length - length
    return [start, start + grown].find((place) => place >= 0 && area.value.startsWith(words, place)) ?? -1
  }

  return ({ results, resultIndex }) => {
    if (written !== undefined) {
      const place = findAgain(written)
      if (place < 0) firstResult = resultIndex
      start = place < 0 ? area.selectionEnd : place
      end = place < 0 ? start : start + written.length
    }
    const before = area.value.slice(0, start)
    const said = Array.from(results)
      .slice(firstResult)
      .map((result) => result[0]?.transcript.trim())
      .filter(Boolean)
      .join(' ')
    written = said !== '' && /\S$/.test(before) ? ` ${said}` : said
    replaceText(area, written, start, end)
    length = area.value.length
  }
}
