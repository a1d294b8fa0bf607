'use client'

import type { MarkdownNode } from '@millrace/markdown'
import type { ComponentPropsWithoutRef } from 'react'
import { CopyButton } from '../message-actions/copy-button.tsx'
import { useStrings } from '../strings/strings-provider.tsx'

interface CodeFrameProps extends ComponentPropsWithoutRef<'pre'> {
  readonly node?: MarkdownNode | undefined
  readonly 'data-language'?: string
}

/** A block of code with its language and a button that copies it. */
export function CodeFrame({ node, ...props }: CodeFrameProps) {
  const strings = useStrings()
  const language = props['data-language']
  const label = language ? `${strings.code}, ${language}` : strings.code
  const copy = () => (node?.type === 'code-block' ? node.lines.join('\n') : '')
  return (
    <figure className="mr-code" data-bare={language ? undefined : true}>
      <figcaption className="mr-code-bar">
        <span className="mr-code-language">{language}</span>
        <CopyButton text={copy} />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is read by scrolling, which has to work by keyboard. */}
      <pre {...props} dir="ltr" role="group" aria-label={label} tabIndex={0} />
    </figure>
  )
}
