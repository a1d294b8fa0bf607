'use client'

import { findMessage } from '@millrace/core'
import { type ChatState, useChatSelector } from '@millrace/hooks'
import { type KeyboardEvent, useCallback, useRef } from 'react'
import { modelName, useKnownModels } from '../branch-picker/known-models.ts'
import { compareWords } from '../strings/parts/compare.ts'
import { useWords } from '../strings/use-words.ts'
import { stateOf } from './compare-reply.tsx'

export interface CompareTabsProps {
  readonly ids: readonly string[]
  readonly openId: string
  readonly onOpen: (id: string) => void
  /** Tab and panel of a reply are called so, and name each other. */
  readonly idOf: (kind: 'tab' | 'panel', id: string) => string
}

/** The tabs of the ARIA practices: one stop for Tab, arrows from one to the next, and what has the focus is open. */
export function CompareTabs({ ids, openId, onOpen, idOf }: CompareTabsProps) {
  const words = useWords(compareWords)
  const ref = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent): void {
    const place = ids.indexOf(openId)
    const step = ref.current?.matches(':dir(rtl)') ? -1 : 1
    const next = {
      ArrowLeft: place - step,
      ArrowRight: place + step,
      Home: 0,
      End: ids.length - 1,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    // The answers around it move by the same keys.
    event.stopPropagation()
    const id = ids.at(next % ids.length) ?? openId
    onOpen(id)
    ref.current?.querySelectorAll('button')[ids.indexOf(id)]?.focus()
  }

  return (
    <div ref={ref} className="mr-tabs" role="tablist" aria-label={words.compared} onKeyDown={onKeyDown}>
      {ids.map((id) => (
        <CompareTab key={id} id={id} isOpen={id === openId} onOpen={onOpen} idOf={idOf} />
      ))}
    </div>
  )
}

interface CompareTabProps extends Pick<CompareTabsProps, 'onOpen' | 'idOf'> {
  readonly id: string
  readonly isOpen: boolean
}

function CompareTab({ id, isOpen, onOpen, idOf }: CompareTabProps) {
  const words = useWords(compareWords)
  const models = useKnownModels()
  // Texts, so that a tab does not render for every word of its reply.
  const model = useChatSelector(useCallback((chat: ChatState) => findMessage(chat, id)?.model ?? '', [id]))
  const state = useChatSelector(useCallback((chat: ChatState) => stateIn(chat, id), [id]))
  return (
    <button
      type="button"
      className="mr-tab"
      role="tab"
      id={idOf('tab', id)}
      aria-controls={idOf('panel', id)}
      aria-selected={isOpen}
      tabIndex={isOpen ? 0 : -1}
      onClick={() => onOpen(id)}
    >
      <span>{modelName(models, model) || words.unnamedModel}</span>
      <small data-state={state}>{state && words.compareStates[state]}</small>
    </button>
  )
}

function stateIn(chat: ChatState, id: string) {
  const message = findMessage(chat, id)
  return message && stateOf(message)
}
