import type { Words } from '../strings.ts'

/** What the buttons of an error card say, and those that a card shares with others. */
export interface ErrorCardStrings {
  readonly addCredit: string
  readonly otherModel: string
  readonly askModel: string
  readonly waitingForNetwork: string
}

export const errorCardWords: Words<ErrorCardStrings> = {
  en: {
    addCredit: 'Add credit',
    otherModel: 'Another model',
    askModel: 'Ask this model',
    waitingForNetwork: 'Waiting for the connection',
  },
  vi: {
    addCredit: 'Nạp tiền',
    otherModel: 'Mô hình khác',
    askModel: 'Hỏi mô hình này',
    waitingForNetwork: 'Đang chờ kết nối',
  },
}
