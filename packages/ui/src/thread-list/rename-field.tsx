'use client'

import { type KeyboardEvent, useEffect, useRef } from 'react'
import { isComposing } from '../composer/is-composing.ts'
import { threadsWords } from '../strings/parts/threads.ts'
import { useWords } from '../strings/use-words.ts'

export interface RenameFieldProps {
  readonly title: string
  /** Called once, with the title as it shall be, and whether the focus has to be given back. */
  readonly onDone: (title: string, hasFocus: boolean) => void
}

/** The title of a thread, to be written anew: Enter and leaving the field take it, Escape and an empty one do not. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const strings = useWords(threadsWords)
  const ref = useRef<HTMLInputElement>(null)
  // Some browsers tell that a field lost the focus when it is removed.
  const isDone = useRef(false)

  useEffect(() => ref.current?.select(), [])

  function finish(text: string, hasFocus: boolean): void {
    if (isDone.current) return
    isDone.current = true
    onDone(text.trim() || title, hasFocus)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    // The keys of the list are letters' neighbours here.
    event.stopPropagation()
    if (isComposing(event) || (event.key !== 'Enter' && event.key !== 'Escape')) return
    // Escape would close the dialog around.
    event.preventDefault()
    finish(event.key === 'Enter' ? event.currentTarget.value : title, true)
  }

  return (
    <input
      ref={ref}
      className="mr-threads-rename"
      aria-label={strings.threadTitle}
      defaultValue={title}
      dir="auto"
      // biome-ignore lint/a11y/noAutofocus: whoever asked to rename it wants to type.
      autoFocus
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value, false)}
    />
  )
}
