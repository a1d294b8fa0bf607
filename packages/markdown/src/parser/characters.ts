import { scanEntity } from './entities.ts'

const asciiPunctuation = /[!-/:-@[-`{-~]/
const unicodePunctuation = /[\p{P}\p{S}]/u
// Chinese, Japanese and Korean letters, and the punctuation and full-width forms that stand among them.
const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]/u

export const isAsciiPunctuation = (character: string | undefined): boolean =>
  character !== undefined && asciiPunctuation.test(character)

export const isPunctuation = (character: string): boolean => unicodePunctuation.test(character)

export const isWhitespace = (character: string): boolean => /\s/.test(character)

export const isCjk = (character: string): boolean => cjk.test(character)

/** The whole character, surrogate pairs included, that starts there; `''` at the end. */
export function characterAt(text: string, at: number): string {
  return [...text.slice(at, at + 2)][0] ?? ''
}

/** The whole character that ends there; `''` at the start. */
export function characterBefore(text: string, at: number): string {
  return [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
}

/** What a string means outside of inline text: in destinations, titles and info strings. */
export function unescapeText(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])|&#?\w+;/g, (whole, escaped?: string) => {
    const entity = scanEntity(whole, 0)
    return escaped ?? (typeof entity === 'object' ? entity.value : whole)
  })
}

/** Labels are compared without regard to case and to how much whitespace is between their words. */
export function normalizeLabel(label: string): string {
  // Folding by both cases makes ẞ and ss equal, as the standard asks.
  return label
    .trim()
    .replace(/[ \t\r\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase()
}

/** Without the spaces and the like at its end. A pattern would look at every run of spaces again and again. */
export function trimEnd(text: string, space = ' \t\n'): string {
  let end = text.length
  while (end > 0 && space.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
