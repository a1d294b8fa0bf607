import { createContext, useContext } from 'react'
import type { Locale, Strings, Words } from './strings.ts'

/** A language, and what is said differently. */
export interface Language {
  readonly locale: Locale
  readonly strings: Partial<Strings>
  /** Words that were looked up already, so that each table is made once. */
  readonly known: WeakMap<Words<object>, object>
}

export const createLanguage = (locale: Locale, strings: Partial<Strings> = {}): Language => ({
  locale,
  strings,
  known: new WeakMap(),
})

export const LanguageContext = createContext(createLanguage('en'))

/** The words of one part, as the nearest `StringsProvider` says. A page holds those of the parts that it imports. */
export function useWords<T extends object>(words: Words<T>): T {
  const { locale, strings, known } = useContext(LanguageContext)
  let found = known.get(words)
  if (!found) {
    found = { ...words[locale], ...strings }
    known.set(words, found)
  }
  return found as T
}
