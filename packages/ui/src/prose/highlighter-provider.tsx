'use client'

import type { Highlighter } from '@millrace/markdown'
import { createContext, useContext } from 'react'

const HighlighterContext = createContext<Highlighter | undefined>(undefined)

/** Says what colours the code below it. */
export const HighlighterProvider = HighlighterContext.Provider

/** The highlighter of the nearest `HighlighterProvider`, none without one: code is plain then. */
export function useHighlighter(): Highlighter | undefined {
  return useContext(HighlighterContext)
}
