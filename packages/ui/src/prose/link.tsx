import type { MarkdownNode } from '@millrace/markdown'
import type { ComponentPropsWithoutRef } from 'react'

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
