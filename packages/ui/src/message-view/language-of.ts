import type { Message } from '@millrace/core'

/** What follows those first characters changes nothing. */
export const sampleLength = 400
const fewestWords = 4

/** Scripts that one language alone is written in, or nearly so. */
const scripts: readonly (readonly [script: RegExp, language: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Han}/u, 'zh'],
]

const vietnamese = /[ơưẠ-ỹ]/iu
const english = /^(?:the|and|of|to|is|are|in|it|that|for|you|with|this)$/i

/**
 * In which language a message is, as a screen reader and a voice want to know: what its metadata say in `lang`, else what
 * its first words look like. Nothing where they could be of several: then it is the page's.
 */
export function languageOf({ parts, metadata }: Pick<Message, 'parts' | 'metadata'>): string | undefined {
  if (typeof metadata?.lang === 'string') return metadata.lang
  const text = parts.map((part) => (part.type === 'text' ? part.text.slice(0, sampleLength) : '')).join(' ')
  return languageOfText(text.slice(0, sampleLength))
}

export function languageOfText(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? []
  const hasMany = (pattern: RegExp, share: number) =>
    words.filter((word) => pattern.test(word)).length > words.length * share
  const known = scripts.find(([script]) => hasMany(script, 0.3))
  if (known) return known[1]
  if (words.length < fewestWords) return
  if (hasMany(vietnamese, 0.2)) return 'vi'
  return hasMany(english, 0.12) ? 'en' : undefined
}
