import { createElement } from 'react'
import { vi } from 'vitest'
import type { MarkdownTextProps } from '../markdown.tsx'

/** What a server answers with, where there is no document. For tests that have one. */
export async function renderOnServer(propsOfEach: readonly MarkdownTextProps[]): Promise<string[]> {
  vi.resetModules()
  vi.stubGlobal('document', undefined)
  try {
    const { renderToString } = await import('react-dom/server')
    const { Markdown } = await import('../markdown.tsx')
    return propsOfEach.map((props) => renderToString(createElement(Markdown, props)))
  } finally {
    vi.unstubAllGlobals()
  }
}
