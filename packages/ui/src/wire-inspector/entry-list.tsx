'use client'

import { memo, useMemo, useState } from 'react'
import { inspectorWords } from '../strings/parts/inspector.ts'
import { useWords } from '../strings/use-words.ts'
import type { WireEntry, WireExchange } from './exchange.ts'

interface EntryListProps {
  readonly exchange: WireExchange
  readonly kind: WireEntry['kind']
  readonly query: string
}

/** What came in, of one kind. Blocks out of view are not laid out, and only the last one is rendered while more comes in. */
export function EntryList({ exchange: { id, blocks, dropped }, kind, query }: EntryListProps) {
  const words = useWords(inspectorWords)
  const sought = query.toLowerCase()
  const hasAny = useMemo(
    () => blocks.some((block) => block.some((entry) => matches(entry, kind, sought))),
    [blocks, kind, sought],
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className="mr-wire-scroller" role="group" aria-label={words.wireKinds[kind]} tabIndex={0}>
      {dropped > 0 && <p className="mr-inspector-none">{words.letGo(dropped)}</p>}
      {hasAny ? (
        blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks come at the end, and go at the beginning.
          <Block key={`${id} ${dropped / 100 + index}`} block={block} kind={kind} sought={sought} />
        ))
      ) : (
        <p className="mr-inspector-none">{words.noEntries}</p>
      )}
    </div>
  )
}

const matches = (entry: WireEntry, kind: WireEntry['kind'], sought: string) =>
  entry.kind === kind && (sought === '' || entry.text.toLowerCase().includes(sought))

interface BlockProps {
  readonly block: readonly WireEntry[]
  readonly kind: WireEntry['kind']
  readonly sought: string
}

const Block = memo(function Block({ block, kind, sought }: BlockProps) {
  const entries = block.filter((entry) => matches(entry, kind, sought))
  if (entries.length === 0) return null
  return (
    <ol className="mr-wire-block">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added.
        <Entry key={index} entry={entry} />
      ))}
    </ol>
  )
}, isSameBlock)

/** The last block is another array with every piece that comes, and often has the same in it. */
function isSameBlock(before: BlockProps, after: BlockProps): boolean {
  const isSame = before.block.length === after.block.length && before.block[0] === after.block[0]
  return isSame && before.kind === after.kind && before.sought === after.sought
}

function Entry({ entry: { atMs, text } }: { readonly entry: WireEntry }) {
  const words = useWords(inspectorWords)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li>
      <details className="mr-wire-entry" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>
          <span className="mr-wire-time">{words.ms(atMs)}</span>
          <code dir="ltr">{text.slice(0, 300)}</code>
        </summary>
        {isOpen && <pre dir="ltr">{pretty(text)}</pre>}
      </details>
    </li>
  )
}

/** JSON in lines of its own, whatever stands before it. */
function pretty(text: string): string {
  const start = text.search(/[{[]/)
  if (start < 0) return text
  try {
    return text.slice(0, start) + JSON.stringify(JSON.parse(text.slice(start)), null, 2)
  } catch {
    return text
  }
}
