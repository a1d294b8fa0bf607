'use client'

import { type ReactNode, useContext, useMemo } from 'react'
import { en } from './en.ts'
import type { ChatStrings, Locale, Strings, Words } from './strings.ts'
import { createLanguage, LanguageContext, useWords } from './use-words.ts'
import { vi } from './vi.ts'

export interface StringsProviderProps {
  /** A language that comes with the package. Default: the words of the provider above, `en` without one. */
  readonly locale?: Locale | undefined
  /** Replaces single words, or all of them for another language. Keep its identity between renders. */
  readonly strings?: Partial<Strings> | undefined
  readonly children: ReactNode
}

/** Says in which words the components below it speak. */
export function StringsProvider({ locale, strings, children }: StringsProviderProps) {
  const above = useContext(LanguageContext)
  const value = useMemo(
    () => (locale ? createLanguage(locale, strings) : createLanguage(above.locale, { ...above.strings, ...strings })),
    [above, locale, strings],
  )
  return <LanguageContext.Provider value={value}>{children}</LanguageContext.Provider>
}

const chatWords: Words<ChatStrings> = { en, vi }

/** The words of the chat itself. Parts that a chat does without have theirs in `parts/`, and ask `useWords` for them. */
export const useStrings = (): ChatStrings => useWords(chatWords)
