'use client'

import type { MarkdownNode } from '@millrace/markdown'
import type { ComponentPropsWithoutRef } from 'react'
import { CopyButton } from '../message-actions/copy-button.tsx'

interface CodeFrameProps extends ComponentPropsWithoutRef<'pre'> {
  readonly node?: MarkdownNode | undefined
  readonly 'data-language'?: string
}

/** A block of code with its language and a button that copies it. */
export function CodeFrame({ node, ...props }: CodeFrameProps) {
  const language = props['data-language']
  const copy = () => (node?.type === 'code-block' ? node.lines.join('\n') : '')
  return (
    <figure className="mr-code" data-bare={language ? undefined : true}>
      <figcaption className="mr-code-bar">
        <span className="mr-code-language">{language}</span>
        <CopyButton text={copy} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is read by scrolling, which has to work by keyboard. */}
      <pre {...props} dir="ltr" tabIndex={0} />
    </figure>
  )
}
