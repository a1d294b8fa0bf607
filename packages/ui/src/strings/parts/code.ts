import type { Words } from '../strings.ts'

/** What a block of code with all its tools says. */
export interface CodeStrings {
  readonly wrapLines: string
  readonly downloadCode: string
}

export const codeWords: Words<CodeStrings> = {
  en: { wrapLines: 'Wrap long lines', downloadCode: 'Download the code' },
  vi: { wrapLines: 'Ngắt dòng dài', downloadCode: 'Tải mã về' },
}
