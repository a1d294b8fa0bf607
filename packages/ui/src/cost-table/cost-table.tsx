'use client'

import { useChatStore, useThreadMetrics } from '@millrace/hooks'
import { type ComponentPropsWithoutRef, useMemo } from 'react'
import { cx } from '../controls/class-names.ts'
import { titleOf } from '../message-view/ending.ts'
import { costTableWords } from '../strings/parts/cost-table.ts'
import { usageWords } from '../strings/parts/usage.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'
import { type CostGroup, type CostRow, type CostTotal, costGroups, totalOf } from './cost-rows.ts'

/**
 * What the replies of the chat took and cost, by model and one by one, all branches included, with the sum. What is not known
 * says so. It renders when a reply begins or ends.
 */
export function CostTable({ className, ...props }: Omit<ComponentPropsWithoutRef<'div'>, 'children'>) {
  const words = useWords(costTableWords)
  const store = useChatStore()
  const metrics = useThreadMetrics()
  // biome-ignore lint/correctness/useExhaustiveDependencies: new metrics say that a reply began or ended.
  const groups = useMemo(() => costGroups(store.getState(), store.getOptions().provider), [store, metrics])
  const { unpriced, uncounted, prices } = metrics.cost
  if (groups.length === 0)
    return (
      <div {...props} className={cx('mr-cost', className)}>
        <p className="mr-cost-note">{words.costNone}</p>
      </div>
    )
  return (
    <div {...props} className={cx('mr-cost', className)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
      <section className="mr-cost-scroller" aria-label={words.costCaption} tabIndex={0}>
        <table className="mr-cost-table">
          <caption>{words.costCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.costReply}</th>
              <th scope="col">{words.costInput}</th>
              <th scope="col">{words.costOutput}</th>
              <th scope="col">{words.costFirstToken}</th>
              <th scope="col">{words.costAmount}</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <ModelGroup key={group.model} group={group} />
          ))}
          <tfoot>
            <Totals scope="row" title={words.costTotal} total={totalOf(groups.flatMap(({ rows }) => rows))} />
          </tfoot>
        </table>
      </section>
      {prices.map(({ asOf, source }) => (
        <p key={`${asOf} ${source}`} className="mr-cost-note">
          {words.costSource(asOf, source)}
        </p>
      ))}
      {unpriced.length > 0 && <p className="mr-cost-note">{words.costUnpriced(unpriced)}</p>}
      {uncounted > 0 && <p className="mr-cost-note">{words.costUncounted(uncounted)}</p>}
    </div>
  )
}

function ModelGroup({ group: { model, rows, total } }: { readonly group: CostGroup }) {
  const words = useWords(costTableWords)
  return (
    <tbody>
      <Totals scope="rowgroup" title={model || words.costUnknown} total={total} />
      {rows.map((row) => (
        <ReplyRow key={row.id} row={row} />
      ))}
    </tbody>
  )
}

interface TotalsProps {
  readonly scope: 'row' | 'rowgroup'
  readonly title: string
  readonly total: CostTotal
}

function Totals({ scope, title, total: { inputTokens, outputTokens, cost, isWhole } }: TotalsProps) {
  const words = useWords(costTableWords)
  const { costAtLeast } = useWords(usageWords)
  const known = isWhole ? words.costDollars : costAtLeast
  return (
    <tr className="mr-cost-total">
      <th scope={scope}>{title}</th>
      <td>{words.costNumber(inputTokens)}</td>
      <td>{words.costNumber(outputTokens)}</td>
      <td />
      <td>{cost === undefined ? words.costUnknown : known(cost)}</td>
    </tr>
  )
}

function ReplyRow({ row: { reply, title, usage, firstTokenMs, cost } }: { readonly row: CostRow }) {
  const words = useWords(costTableWords)
  const strings = useStrings()
  return (
    <tr>
      <th scope="row">
        <span dir="auto">{title || titleOf(reply, strings) || strings.emptyAnswer}</span>
      </th>
      <td>{usage ? words.costNumber(usage.inputTokens) : words.costUnknown}</td>
      <td>{usage ? words.costNumber(usage.outputTokens) : words.costUnknown}</td>
      <td>{firstTokenMs === undefined ? words.costUnknown : words.costDuration(firstTokenMs)}</td>
      <td>{cost === undefined ? words.costUnknown : words.costDollars(cost)}</td>
    </tr>
  )
}
