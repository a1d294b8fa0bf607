import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What is said of a thread that is too long. */
export interface ShortenStrings {
  readonly leaveOut: string
  readonly cutTurns: (questions: number, tokens: number) => string
  readonly cutFiles: (count: number) => string
  readonly askShorter: string
}

export const shortenWords: Words<ShortenStrings> = {
  en: {
    leaveOut: 'What to leave out',
    cutTurns: (questions, tokens) =>
      `${inEnglish.plural(questions, { one: 'The oldest question', other: 'The oldest {count} questions' })} · ≈ ${inEnglish.number(tokens)} tokens`,
    cutFiles: (count) => inEnglish.plural(count, { one: 'The attached file', other: 'The {count} attached files' }),
    askShorter: 'Ask without it',
  },
  vi: {
    leaveOut: 'Phần bỏ bớt',
    cutTurns: (questions, tokens) =>
      `${inVietnamese.plural(questions, { other: '{count} câu hỏi cũ nhất' })} · ≈ ${inVietnamese.number(tokens)} token`,
    cutFiles: (count) => inVietnamese.plural(count, { other: '{count} tệp đính kèm' }),
    askShorter: 'Bỏ bớt và hỏi lại',
  },
}
