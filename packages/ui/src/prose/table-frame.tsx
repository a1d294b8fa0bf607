import type { MarkdownNode } from '@millrace/markdown'
import type { ComponentPropsWithoutRef } from 'react'

interface TableFrameProps extends ComponentPropsWithoutRef<'table'> {
  readonly node?: MarkdownNode | undefined
}

/** A table that scrolls by itself where it is wider than the text. */
export function TableFrame({ node: _, ...props }: TableFrameProps) {
  return (
    <div className="mr-table">
      <table {...props} />
    </div>
  )
}
