'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { en } from './en.ts'
import type { Locale, Strings } from './strings.ts'
import { vi } from './vi.ts'

const locales: Readonly<Record<Locale, Strings>> = { en, vi }

const StringsContext = createContext<Strings>(en)

export interface StringsProviderProps {
  /** A language that comes with the package. Default: the words of the provider above, `en` without one. */
  readonly locale?: Locale | undefined
  /** Replaces single words, or all of them for another language. Keep its identity between renders. */
  readonly strings?: Partial<Strings> | undefined
  readonly children: ReactNode
}

/** Says in which words the components below it speak. */
export function StringsProvider({ locale, strings, children }: StringsProviderProps) {
  const above = useStrings()
  const words = locale ? locales[locale] : above
  const value = useMemo(() => ({ ...words, ...strings }), [words, strings])
  return <StringsContext.Provider value={value}>{children}</StringsContext.Provider>
}

/** The words of the nearest `StringsProvider`, English without one. */
export function useStrings(): Strings {
  return useContext(StringsContext)
}
