'use client'

import { Trash2 } from 'lucide'
import { type ComponentPropsWithoutRef, useId, useState, useSyncExternalStore } from 'react'
import { cx } from '../controls/class-names.ts'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { Select } from '../controls/select.tsx'
import { CopyButton } from '../message-actions/copy-button.tsx'
import { inspectorWords } from '../strings/parts/inspector.ts'
import { useWords } from '../strings/use-words.ts'
import type { Inspector } from './create-inspector.ts'
import { EntryList } from './entry-list.tsx'
import type { WireEntry, WireExchange } from './exchange.ts'
import { ExchangeFacts } from './exchange-facts.tsx'
import { toCurl } from './to-curl.ts'
import { Waterfall } from './waterfall.tsx'

export interface WireInspectorProps extends Omit<ComponentPropsWithoutRef<'section'>, 'children'> {
  /** What `createInspector` made, and the chat was given the `fetch` and `onChunk` of. */
  readonly inspector: Inspector
}

const kinds: readonly WireEntry['kind'][] = ['line', 'event', 'chunk']

/**
 * What a chat sends and gets, as it goes over the wire: raw lines, the events that they make, the chunks that are read from
 * those, and when each came. For whoever builds with the parts. No key is shown. It fills the element that it is in.
 */
export function WireInspector({ inspector, className, ...props }: WireInspectorProps) {
  const words = useWords(inspectorWords)
  const { subscribe, getExchanges } = inspector
  const exchanges = useSyncExternalStore(subscribe, getExchanges, getExchanges)
  const [pickedId, setPickedId] = useState<number>()
  const [kind, setKind] = useState<WireEntry['kind']>('event')
  const [query, setQuery] = useState('')
  const kindsId = useId()
  const shown = exchanges.find(({ id }) => id === pickedId) ?? exchanges.at(-1)

  return (
    <section
      aria-label={words.inspector}
      data-region=""
      tabIndex={-1}
      {...props}
      className={cx('mr-inspector', className)}
    >
      {shown ? (
        <>
          <div className="mr-inspector-bar">
            <Select
              className="mr-inspector-pick"
              aria-label={words.request}
              value={shown.id}
              onChange={({ target }) => setPickedId(Number(target.value))}
            >
              {exchanges.map((exchange) => (
                <option key={exchange.id} value={exchange.id}>
                  {nameOf(exchange)}
                </option>
              ))}
            </Select>
            <CopyButton label={words.copyAsCurl} text={() => toCurl(shown)} />
            <IconButton label={words.clearLog} focusHeir={inspectorOf} onClick={inspector.clear}>
              <Icon of={Trash2} />
            </IconButton>
          </div>
          <ExchangeFacts exchange={shown} />
          <Waterfall exchange={shown} />
          <div className="mr-inspector-bar">
            <fieldset className="mr-inspector-kinds">
              {kinds.map((each) => (
                <label key={each} className="mr-inspector-kind">
                  <input type="radio" name={kindsId} checked={each === kind} onChange={() => setKind(each)} />
                  {words.wireKinds[each]}
                </label>
              ))}
            </fieldset>
            <input
              type="search"
              className="mr-input mr-inspector-filter"
              placeholder={words.filterEntries}
              aria-label={words.filterEntries}
              value={query}
              onChange={({ target }) => setQuery(target.value)}
            />
          </div>
          <EntryList exchange={shown} kind={kind} query={query} />
        </>
      ) : (
        <p className="mr-inspector-none">{words.nothingSent}</p>
      )}
    </section>
  )
}

/** With what is cleared the button goes as well. */
const inspectorOf = (button: HTMLElement) => button.closest<HTMLElement>('.mr-inspector')

/** `POST /v1/chat/completions · 200` */
function nameOf({ id, method, url, status }: WireExchange): string {
  return `${id}. ${method} ${new URL(url).pathname}${status === undefined ? '' : ` · ${status}`}`
}
