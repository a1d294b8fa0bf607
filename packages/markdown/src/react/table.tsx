// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { memo, type ReactNode } from 'react'
import type { Alignment, Table, TableRow } from '../parser/nodes.ts'
import { element, marks } from './element.ts'
import { groups, type MemberProps } from './groups.tsx'
import { inlineContent } from './inline.tsx'
import { useSettings } from './settings.ts'

/** A table. It is rendered whenever it changed; its rows only if they did. */
export function TableView({ node }: { readonly node: Table }): ReactNode {
  const settings = useSettings()
  const { align, rows, open } = node
  const head = groups({ nodes: rows, member: Row, shared: { align, tag: 'th' }, end: 1 })
  const body = groups({ nodes: rows, member: Row, shared: { align, tag: 'td' }, start: 1 })
  return element(
    settings,
    'table',
    node,
    marks(settings, node, open),
    element(settings, 'thead', node, {}, head),
    rows.length > 1 && element(settings, 'tbody', node, {}, body),
  )
}

interface RowProps extends MemberProps<TableRow> {
  readonly align: readonly Alignment[]
  readonly tag: 'th' | 'td'
}

const Row = memo(function Row({ node, align, tag }: RowProps): ReactNode {
  const settings = useSettings()
  const cells = node.cells.map((cell, column) => {
    // A cell is known by its column.
    const props = { key: column, align: align[column], scope: tag === 'th' ? 'col' : undefined }
    return element(settings, tag, cell, props, inlineContent(settings, cell.content))
  })
  return element(settings, 'tr', node, marks(settings, node), cells)
})
