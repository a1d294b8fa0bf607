/** The languages the demo answers in. */
export type Language = 'en' | 'vi'

/** A text in each of them. */
export type Bilingual = Readonly<Record<Language, string>>

// Letters that among the languages written in Latin script only Vietnamese uses often.
const vietnameseLetter = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]/u

// Words whose letters French or Portuguese could have too.
const vietnameseWords = new Set([
  'tôi',
  'xin',
  'chào',
  'giúp',
  'bài',
  'viết',
  'công',
  'cụ',
  'không',
  'gì',
  'suy',
  'mã',
  'bảng',
])

/** Vietnamese where the prompt is, else English. */
export function languageOf(prompt: string): Language {
  const text = normalizePrompt(prompt)
  if (vietnameseLetter.test(text)) return 'vi'
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? []
  return words.some((word) => vietnameseWords.has(word)) ? 'vi' : 'en'
}

/** Lower case, and one code point a letter: macOS types Vietnamese with its marks apart. */
export function normalizePrompt(prompt: string): string {
  return prompt.normalize('NFC').toLowerCase().trim()
}

/** Whether the prompt has this word or phrase. Languages without spaces have it anywhere. */
export function mentions(prompt: string, phrase: string): boolean {
  const text = normalizePrompt(prompt)
  if (!/^[\p{Script=Latin}\s-]+$/u.test(phrase)) return text.includes(phrase)
  return new RegExp(`(?<![\\p{L}\\p{M}])${phrase}(?![\\p{L}\\p{M}])`, 'u').test(text)
}
