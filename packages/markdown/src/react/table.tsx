// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { Fragment, memo, type ReactNode } from 'react'
import type { Alignment, Table, TableRow } from '../parser/nodes.ts'
import { element, sourceMark } from './element.ts'
import { groupsOf } from './groups.ts'
import { Leaf } from './inline.tsx'
import { useSettings } from './settings.ts'

/** A table. It is rendered whenever it changed; its rows only if they did. */
export function TableView({ node }: { readonly node: Table }): ReactNode {
  const settings = useSettings()
  const { align, rows, open } = node
  const [header] = rows
  if (!header) return null
  const head = <Row row={header} stamp={header.stamp} align={align} tag="th" />
  const props = { ...sourceMark(settings, node), 'data-open': open || undefined }
  return element(
    settings,
    'table',
    node,
    props,
    element(settings, 'thead', node, {}, head),
    rows.length > 1 && element(settings, 'tbody', node, {}, <Rows rows={rows} align={align} />),
  )
}

interface RowsProps {
  readonly rows: readonly TableRow[]
  readonly align: readonly Alignment[]
}

/** All but the header. */
function Rows({ rows, align }: RowsProps): ReactNode {
  return groupsOf(rows).map(({ start, end, stamp }) => (
    <RowGroup key={start} rows={rows} align={align} start={Math.max(start, 1)} end={end} stamp={stamp} />
  ))
}

interface RowGroupProps extends RowsProps {
  readonly start: number
  readonly end: number
  readonly stamp: number
}

const RowGroup = memo(function RowGroup({ rows, align, start, end }: RowGroupProps): ReactNode {
  return (
    rows
      .slice(start, end)
      // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever added at the end.
      .map((row, offset) => <Row key={start + offset} row={row} stamp={row.stamp} align={align} tag="td" />)
  )
})

interface RowProps {
  readonly row: TableRow
  readonly stamp: number
  readonly align: readonly Alignment[]
  readonly tag: 'th' | 'td'
}

const Row = memo(function Row({ row, align, tag }: RowProps): ReactNode {
  const settings = useSettings()
  const cells = row.cells.map((cell, column) => {
    const text = <Leaf content={cell.content} stamp={cell.stamp} />
    const props = { align: align[column], scope: tag === 'th' ? 'col' : undefined }
    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column.
    return <Fragment key={column}>{element(settings, tag, cell, props, text)}</Fragment>
  })
  return element(settings, 'tr', row, sourceMark(settings, row), ...cells)
})
