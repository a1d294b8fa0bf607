'use client'

import { type ComponentType, createContext, useContext } from 'react'
import { CodeFrame, type CodeFrameProps } from './code-frame.tsx'

const CodeBlockContext = createContext<ComponentType<CodeFrameProps>>(CodeFrame)

/** Says what stands around the code below it: `CodeBlock`, or a component of yours. Keep its identity. */
export const CodeBlockProvider = CodeBlockContext.Provider

export function useCodeBlock(): ComponentType<CodeFrameProps> {
  return useContext(CodeBlockContext)
}
