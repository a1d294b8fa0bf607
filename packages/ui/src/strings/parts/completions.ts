import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What is said of a list that opens while one types. */
export interface CompletionStrings {
  readonly completions: string
  readonly completionsFound: (count: number) => string
  readonly completionsSearching: string
  readonly completionsFailed: string
}

export const completionWords: Words<CompletionStrings> = {
  en: {
    completions: 'Choices',
    completionsFound: (count) =>
      inEnglish.plural(count, {
        one: '{count} choice. Enter takes it, Escape closes.',
        other: '{count} choices. Up and down go through them, Enter takes one, Escape closes.',
      }),
    completionsSearching: 'Searching',
    completionsFailed: 'The search did not work.',
  },
  vi: {
    completions: 'Lựa chọn',
    completionsFound: (count) =>
      inVietnamese.plural(count, {
        other: '{count} lựa chọn. Mũi tên lên xuống để duyệt, Enter để chọn, Escape để đóng.',
      }),
    completionsSearching: 'Đang tìm',
    completionsFailed: 'Không tìm kiếm được.',
  },
}
