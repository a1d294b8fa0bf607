'use client'

import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { type FocusHeir, useFocusHeir } from '../controls/use-focus-heir.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { isComposing } from './is-composing.ts'

interface QueuedEditorProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSave: () => void
  readonly onCancel: () => void
  /** Who gets the focus when the message leaves in the middle of it. */
  readonly focusHeir: FocusHeir
}

/** The field in which a waiting message is changed. Enter saves, Escape leaves it as it was. */
export function QueuedEditor({ text, onText, onSave, onCancel, focusHeir }: QueuedEditorProps) {
  const strings = useStrings()
  const ref = useFocusHeir<HTMLTextAreaElement>(focusHeir)
  const endOfText = useRef(text.length)

  useEffect(() => {
    ref.current?.focus({ preventScroll: true })
    ref.current?.setSelectionRange(endOfText.current, endOfText.current)
  }, [ref])

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      onSave()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    }
  }

  return (
    <>
      <textarea
        ref={ref}
        className="mr-input mr-queued-field"
        rows={1}
        dir="auto"
        aria-label={strings.editMessage}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton label={strings.save} focusHeir={focusHeir} onClick={onSave}>
        <Check className="mr-icon" />
      </IconButton>
      <IconButton label={strings.cancel} focusHeir={focusHeir} onClick={onCancel}>
        <X className="mr-icon" />
      </IconButton>
    </>
  )
}
