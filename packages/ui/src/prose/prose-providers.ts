'use client'

import type { Highlighter, RenderOptions } from '@millrace/markdown'
import { type ComponentType, createContext, useContext } from 'react'
import { CodeFrame, type CodeFrameProps } from './code-frame.tsx'

export const HighlighterContext = createContext<Highlighter | undefined>(undefined)

/** Says what colours the code below it. */
export const HighlighterProvider = HighlighterContext.Provider

/** The highlighter of the nearest `HighlighterProvider`, none without one: code is plain then. */
export const useHighlighter = (): Highlighter | undefined => useContext(HighlighterContext)

/** How what a model wrote is read and rendered, beyond what comes along. Defaults are those of `Markdown`. */
export type ProseOptions = Pick<
  RenderOptions,
  'allowImage' | 'cjkEmphasis' | 'components' | 'extensions' | 'sourceMarks' | 'urlPolicy'
>

export const ProseOptionsContext = createContext<ProseOptions>({})

/** Says how the Markdown below it is read. */
export const ProseOptionsProvider = ProseOptionsContext.Provider

export const useProseOptions = (): ProseOptions => useContext(ProseOptionsContext)

const CodeBlockContext = createContext<ComponentType<CodeFrameProps>>(CodeFrame)

/** Says what stands around the code below it: `CodeBlock`, or a component of yours. Keep its identity. */
export const CodeBlockProvider = CodeBlockContext.Provider

export const useCodeBlock = (): ComponentType<CodeFrameProps> => useContext(CodeBlockContext)
