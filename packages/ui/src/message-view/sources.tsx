'use client'

import type { SourcePart } from '@millrace/core'
import { type ComponentPropsWithoutRef, memo } from 'react'
import { cx } from '../controls/class-names.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { safeLink } from './safe-url.ts'

export interface SourcesProps extends Pick<ComponentPropsWithoutRef<'ol'>, 'id' | 'className' | 'style'> {
  readonly sources: readonly SourcePart[]
}

/** The pages that an answer refers to, in its order. */
export function Sources({ sources, className, ...props }: SourcesProps) {
  const strings = useStrings()
  return (
    <ol aria-label={strings.sources} {...props} className={cx('mr-sources', className)}>
      {sources.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one page may be named twice, and more of them only come at the end.
        <SourceItem key={index} source={source} place={index + 1} />
      ))}
    </ol>
  )
}

interface SourceItemProps {
  readonly source: SourcePart
  readonly place: number
}

/** The list is made anew with every chunk, its items are not. */
const SourceItem = memo(function SourceItem({ source, place }: SourceItemProps) {
  return (
    <li className="mr-source">
      <span className="mr-source-number" aria-hidden="true">
        {place}
      </span>
      <SourceLink source={source} />
    </li>
  )
})

function SourceLink({ source: { url, title } }: { readonly source: SourcePart }) {
  const link = safeLink(url)
  if (!link)
    return (
      <span className="mr-source-title" dir="auto">
        {title ?? url}
      </span>
    )
  return (
    <a
      className="mr-source-title"
      dir="auto"
      href={link.href}
      target="_blank"
      rel="noopener noreferrer"
      title={link.href}
    >
      {title ?? link.hostname}
    </a>
  )
}
