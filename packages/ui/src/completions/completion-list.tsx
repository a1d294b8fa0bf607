'use client'

import { useRef, useState } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { completionWords } from '../strings/parts/completions.ts'
import { useWords } from '../strings/use-words.ts'
import type { Completion } from './trigger.ts'
import { optionId } from './use-combobox-attributes.ts'
import type { Found } from './use-found.ts'

export interface CompletionListProps {
  readonly id: string
  readonly found: Found
  /** Which one Enter takes; -1 for none. */
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onTake: (completion: Completion) => void
}

/** The list, above the composer or, where there is more room, below it. The focus stays in the field. */
export function CompletionList({ id, found: { status, completions }, active, onActive, onTake }: CompletionListProps) {
  const strings = useWords(completionWords)
  const ref = useRef<HTMLDivElement>(null)
  const [side, setSide] = useState<'above' | 'below'>('above')
  const activeId = optionId(id, active)

  useIsomorphicLayoutEffect(() => {
    const field = ref.current?.closest('.mr-composer-field')?.getBoundingClientRect()
    if (!ref.current || !field) return
    const { offsetTop, height } = globalThis.visualViewport ?? { offsetTop: 0, height: globalThis.innerHeight }
    const room = { above: field.top - offsetTop, below: offsetTop + height - field.bottom }
    const next = room.above >= Math.min(ref.current.scrollHeight + margin, room.below) ? 'above' : 'below'
    setSide(next)
    ref.current.style.setProperty('--mr-room', `${Math.floor(room[next] - margin)}px`)
  }, [completions])

  useIsomorphicLayoutEffect(() => {
    ref.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' })
  }, [activeId])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it keeps the focus in the field, and does nothing else.
    <div ref={ref} className="mr-completions" data-side={side} onMouseDown={(event) => event.preventDefault()}>
      <div id={id} role="listbox" aria-label={strings.completions} aria-busy={status === 'searching' || undefined}>
        {completions.map((completion, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and names the option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field.
          <div
            key={completion.id}
            id={optionId(id, index)}
            role="option"
            className="mr-completion"
            aria-selected={index === active}
            onPointerMove={() => index !== active && status === 'found' && onActive(index)}
            onClick={() => onTake(completion)}
          >
            <span className="mr-completion-label" dir="auto">
              {completion.label}
            </span>{' '}
            {completion.detail && (
              <small className="mr-completion-detail" dir="auto">
                {completion.detail}
              </small>
            )}
          </div>
        ))}
      </div>
      {status === 'searching' && completions.length === 0 && (
        <p className="mr-completions-note">{strings.completionsSearching}</p>
      )}
      {status === 'failed' && <p className="mr-completions-note">{strings.completionsFailed}</p>}
    </div>
  )
}

/** What is left free at the edge of the screen, and beside the composer. */
const margin = 16
