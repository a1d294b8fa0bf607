'use client'

import type { SourcePart } from '@millrace/core'
import { memo } from 'react'
import { useStrings } from '../strings/strings-provider.tsx'
import { safeLink } from './safe-url.ts'

export interface SourcesProps {
  readonly sources: readonly SourcePart[]
}

/** The pages that an answer refers to, in its order. */
export const Sources = memo(function Sources({ sources }: SourcesProps) {
  const strings = useStrings()
  return (
    <ol className="mr-sources" aria-label={strings.sources}>
      {sources.map((source, index) => (
        <li key={source.id ?? source.url} className="mr-source">
          <span className="mr-source-number" aria-hidden="true">
            {index + 1}
          </span>
          <SourceLink source={source} />
        </li>
      ))}
    </ol>
  )
}, hasSameSources)

function SourceLink({ source: { url, title } }: { readonly source: SourcePart }) {
  const link = safeLink(url)
  if (!link) return <span className="mr-source-title">{title ?? url}</span>
  return (
    <a className="mr-source-title" href={link.href} target="_blank" rel="noopener noreferrer" title={link.href}>
      {title ?? link.hostname}
    </a>
  )
}

/** The list is made anew with every chunk, its items are not. */
function hasSameSources({ sources: before }: SourcesProps, { sources: after }: SourcesProps): boolean {
  return before.length === after.length && before.every((source, index) => source === after[index])
}
