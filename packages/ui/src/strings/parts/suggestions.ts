import type { Words } from '../strings.ts'

/** What is said of suggestions. */
export interface SuggestionStrings {
  readonly suggestions: string
}

export const suggestionWords: Words<SuggestionStrings> = {
  en: { suggestions: 'Suggestions' },
  vi: { suggestions: 'Gợi ý' },
}
