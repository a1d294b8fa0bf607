'use client'

import type { SourcePart } from '@millrace/core'
import type { ExtensionProps, ReactExtension } from '@millrace/markdown'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { safeLink } from '../message-view/safe-url.ts'
import { ProseOptionsProvider, useProseOptions } from '../prose/prose-providers.ts'
import { citationWords } from '../strings/parts/citations.ts'
import { useWords } from '../strings/use-words.ts'
import { citedNumbers, lenticularRule, numbersRule } from './citation-rules.ts'

export interface CitationsProps {
  /** In the order in which they are numbered. Keep the identity of the list for as long as they are the same. */
  readonly sources: readonly SourcePart[]
  readonly children: ReactNode
}

const SourcesContext = createContext<readonly SourcePart[]>([])

/**
 * Makes links to the sources of what a model wrote `[1]`, `[1, 2]` or `【1†source】` for, in the Markdown below it. Where one of
 * the numbers is no source, or has no address that is safe, the text stays as it is. Without sources all is read as ever.
 */
export function Citations({ sources, children }: CitationsProps) {
  const options = useProseOptions()
  const hasSources = sources.length > 0
  const cited = useMemo(
    () => (hasSources ? { ...options, extensions: [...extensions, ...(options.extensions ?? [])] } : options),
    [options, hasSources],
  )
  return (
    <SourcesContext.Provider value={sources}>
      <ProseOptionsProvider value={cited}>{children}</ProseOptionsProvider>
    </SourcesContext.Provider>
  )
}

function Citation({ text }: ExtensionProps): ReactNode {
  const strings = useWords(citationWords)
  const sources = useContext(SourcesContext)
  const numbers = citedNumbers(text)
  if (!numbers) return <span className="mr-citation-open">{text}</span>
  const links = numbers.map((number) => safeLink(sources[number - 1]?.url))
  return links.every((link) => link !== undefined)
    ? links.map(({ href, hostname }, index) => {
        const number = numbers[index] ?? 0
        const title = sources[number - 1]?.title ?? hostname
        return (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: a citation never changes.
            key={index}
            className="mr-citation"
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            title={title}
            aria-label={strings.citation(number, title)}
            // The address stands in the list of sources, on paper too.
            data-bare
          >
            {number}
          </a>
        )
      })
    : text
}

const extensions: readonly ReactExtension[] = [
  { name: 'citation', inline: numbersRule, component: Citation },
  { name: 'lenticular-citation', inline: lenticularRule, component: Citation },
]
