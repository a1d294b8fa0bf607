import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What the buttons of an error card say, and those that a card shares with others. */
export interface ErrorCardStrings {
  readonly addCredit: string
  readonly otherModel: string
  readonly askModel: string
  readonly waitingForNetwork: string
  readonly leaveOut: string
  readonly cutTurns: (questions: number, tokens: number) => string
  readonly cutFiles: (count: number) => string
  readonly askShorter: string
}

export const errorCardWords: Words<ErrorCardStrings> = {
  en: {
    addCredit: 'Add credit',
    otherModel: 'Another model',
    askModel: 'Ask this model',
    waitingForNetwork: 'Waiting for the connection',
    leaveOut: 'What to leave out',
    cutTurns: (questions, tokens) =>
      `${inEnglish.plural(questions, { one: 'The oldest question', other: 'The oldest {count} questions' })} · ≈ ${inEnglish.number(tokens)} tokens`,
    cutFiles: (count) => inEnglish.plural(count, { one: 'The attached file', other: 'The {count} attached files' }),
    askShorter: 'Ask without it',
  },
  vi: {
    addCredit: 'Nạp tiền',
    otherModel: 'Mô hình khác',
    askModel: 'Hỏi mô hình này',
    waitingForNetwork: 'Đang chờ kết nối',
    leaveOut: 'Phần bỏ bớt',
    cutTurns: (questions, tokens) =>
      `${inVietnamese.plural(questions, { other: '{count} câu hỏi cũ nhất' })} · ≈ ${inVietnamese.number(tokens)} token`,
    cutFiles: (count) => inVietnamese.plural(count, { other: '{count} tệp đính kèm' }),
    askShorter: 'Bỏ bớt và hỏi lại',
  },
}
