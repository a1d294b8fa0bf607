import type { MarkdownNode } from '@millrace/markdown'
import type { ComponentPropsWithoutRef } from 'react'
import { useStrings } from '../strings/strings-provider.tsx'

interface LinkProps extends ComponentPropsWithoutRef<'a'> {
  readonly node?: MarkdownNode | undefined
}

/** A link that shows its address has `data-bare`: on paper it would stand there twice. */
export function Link({ node: _, children, ...props }: LinkProps) {
  const { href } = props
  const text = String(children)
  return (
    <a {...props} data-bare={href === text || href === `http://${text}` || undefined}>
      {children}
    </a>
  )
}

interface TableFrameProps extends ComponentPropsWithoutRef<'table'> {
  readonly node?: MarkdownNode | undefined
}

/** A table that scrolls by itself where it is wider than the text, by keyboard too. */
export function TableFrame({ node: _, ...props }: TableFrameProps) {
  const strings = useStrings()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled, and gone to, by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className="mr-table" role="group" aria-label={strings.table} tabIndex={0}>
      <table {...props} />
    </div>
  )
}
