import type { Words } from '../strings.ts'

/** What every dialog says. */
export interface DialogStrings {
  readonly close: string
}

export const dialogWords: Words<DialogStrings> = {
  en: { close: 'Close' },
  vi: { close: 'Đóng' },
}
