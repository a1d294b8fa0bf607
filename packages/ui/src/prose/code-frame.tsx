'use client'

import type { MarkdownNode } from '@millrace/markdown'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { CopyButton } from '../message-actions/copy-button.tsx'
import { useStrings } from '../strings/strings-provider.tsx'

export interface CodeFrameProps extends ComponentPropsWithoutRef<'pre'> {
  readonly node?: MarkdownNode | undefined
  readonly 'data-language'?: string
  /** Before the button that copies. */
  readonly tools?: ReactNode
  readonly isNumbered?: boolean
  readonly isWrapped?: boolean
}

/** A block of code with its language and a button that copies it. */
export function CodeFrame({ node, tools, isNumbered, isWrapped, ...props }: CodeFrameProps) {
  const strings = useStrings()
  const language = props['data-language']
  const label = language ? `${strings.code}, ${language}` : strings.code
  return (
    <figure
      className="mr-code"
      data-bare={language || tools ? undefined : true}
      data-numbered={isNumbered}
      data-wrapped={isWrapped}
    >
      <figcaption className="mr-code-bar">
        <span className="mr-code-language">{language}</span>
        {tools}
        <CopyButton text={() => codeOf(node)} />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is read by scrolling, which has to work by keyboard. */}
      <pre {...props} dir="ltr" role="group" aria-label={label} tabIndex={0} />
    </figure>
  )
}

/** The code as the model wrote it, as far as it has come. */
export const codeOf = (node: MarkdownNode | undefined): string =>
  node?.type === 'code-block' ? node.lines.concat(node.unfinishedLine ?? []).join('\n') : ''
