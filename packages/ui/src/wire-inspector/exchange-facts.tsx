'use client'

import { inspectorWords } from '../strings/parts/inspector.ts'
import { useWords } from '../strings/use-words.ts'
import type { WireExchange } from './exchange.ts'
import { longestGap } from './longest-gap.ts'

/** What an exchange took, as far as it is known by now. */
export function ExchangeFacts({ exchange }: { readonly exchange: WireExchange }) {
  const words = useWords(inspectorWords)
  const { status, headersAtMs, endedAtMs, failure, pieces, received } = exchange
  const gap = longestGap(pieces)
  const first = pieces[0]
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    [words.wireStatus, failure ?? status?.toString()],
    [words.headersAfter, headersAtMs === undefined ? undefined : words.ms(headersAtMs)],
    [words.firstBytesAfter, first && words.ms(first.atMs)],
    [words.longestGap, gap && words.ms(gap.toMs - gap.fromMs)],
    [words.wholeTime, endedAtMs === undefined ? words.underWay : words.ms(endedAtMs)],
    [words.received, `${words.wireSize(received.bytes)}, ${words.pieces(received.pieces)}`],
  ]
  return (
    <dl className="mr-inspector-facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
