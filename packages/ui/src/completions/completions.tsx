'use client'

import { useChatStore } from '@millrace/hooks'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useComposer } from '../composer/composer-context.ts'
import { insertText } from '../composer/insert-text.ts'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { completionWords } from '../strings/parts/completions.ts'
import { useWords } from '../strings/use-words.ts'
import { CompletionList } from './completion-list.tsx'
import type { Completion, Trigger } from './trigger.ts'
import { optionId, useComboboxAttributes } from './use-combobox-attributes.ts'
import { useFound } from './use-found.ts'
import { useToken } from './use-token.ts'

export interface CompletionsProps {
  /** What opens the list: `slashCommands([…])`, `mentions({ search })`. Keep its identity between renders. */
  readonly triggers: readonly Trigger[]
}

/**
 * Inside a `Composer`: a list that opens behind a sign while one types, as the combobox of the ARIA practices. Up and down
 * go through it, Enter or Tab takes one, Escape closes it and does nothing else.
 */
export function Completions({ triggers }: CompletionsProps) {
  const strings = useWords(completionWords)
  const store = useChatStore()
  const { text, areaRef, beforeKey } = useComposer()
  const [token, dismiss] = useToken(areaRef, text, triggers)
  const { status, completions } = useFound(token)
  const [picked, setPicked] = useState(0)
  const listId = useId()
  const isOpen = token !== undefined && (status !== 'found' || completions.length > 0)
  const active = isOpen && status === 'found' ? Math.min(picked, completions.length - 1) : -1

  // What is found anew begins with its first.
  useIsomorphicLayoutEffect(() => setPicked(0), [completions])

  function take(completion: Completion | undefined): void {
    const area = areaRef.current
    if (!area || !token || !completion) return
    const { insert = '', run } = completion
    const { start, end } = token
    const hasSpaceBehind = /^\s/.test(text.slice(end))
    const space = insert === '' || hasSpaceBehind || /\s$/.test(insert) ? '' : ' '
    insertText(area, insert + space, start, end)
    // Behind the space that is there already, where the next word begins.
    if (insert !== '' && hasSpaceBehind) area.setSelectionRange(area.selectionEnd + 1, area.selectionEnd + 1)
    // Once the field has changed: a command may show another chat, and leaves nothing of itself in this one.
    if (run) queueMicrotask(() => run(store))
  }

  function onKey({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (!isOpen || shiftKey || altKey || ctrlKey || metaKey) return false
    if (key === 'Escape') dismiss()
    // The message is not what Enter means while there is something to wait for.
    // Tab leads on where there is nothing to take, and waits for nothing.
    else if (key === 'Enter' || (key === 'Tab' && active >= 0)) take(completions[active])
    else if (active >= 0 && key === 'ArrowDown') setPicked((active + 1) % completions.length)
    else if (active >= 0 && key === 'ArrowUp') setPicked((active || completions.length) - 1)
    else return false
    return status !== 'failed' || key === 'Escape'
  }

  const latestOnKey = useRef(onKey)
  useIsomorphicLayoutEffect(() => {
    latestOnKey.current = onKey
  })
  useEffect(() => beforeKey((event) => latestOnKey.current(event)), [beforeKey])

  const activeId = active >= 0 ? optionId(listId, active) : undefined
  useComboboxAttributes(areaRef, isOpen ? listId : undefined, activeId)

  return (
    <>
      {isOpen && (
        <CompletionList
          id={listId}
          found={{ status, completions }}
          active={active}
          onActive={setPicked}
          onTake={take}
        />
      )}
      <VisuallyHidden role="status">
        {isOpen && status === 'found' && strings.completionsFound(completions.length)}
        {isOpen && status === 'searching' && strings.completionsSearching}
        {isOpen && status === 'failed' && strings.completionsFailed}
      </VisuallyHidden>
    </>
  )
}
