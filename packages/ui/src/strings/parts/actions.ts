import type { Words } from '../strings.ts'

/** What `MoreActions` and `ReadAloud` say. */
export interface ActionStrings {
  readonly moreActions: string
  readonly readAloud: string
  readonly stopReading: string
}

export const actionWords: Words<ActionStrings> = {
  en: { moreActions: 'More', readAloud: 'Read aloud', stopReading: 'Stop reading' },
  vi: { moreActions: 'Thêm', readAloud: 'Đọc to', stopReading: 'Dừng đọc' },
}
