'use client'

import type { RenderOptions } from '@millrace/markdown'
import { createContext, useContext } from 'react'

/** How what a model wrote is read and rendered, beyond what comes along. Defaults are those of `Markdown`. */
export type ProseOptions = Pick<
  RenderOptions,
  'allowImage' | 'cjkEmphasis' | 'components' | 'extensions' | 'sourceMarks' | 'urlPolicy'
>

const ProseOptionsContext = createContext<ProseOptions>({})

/** Says how the Markdown below it is read. */
export const ProseOptionsProvider = ProseOptionsContext.Provider

export function useProseOptions(): ProseOptions {
  return useContext(ProseOptionsContext)
}
