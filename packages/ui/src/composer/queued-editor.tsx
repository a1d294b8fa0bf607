'use client'

import { Check, X } from 'lucide'
import { useEffect } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { type FocusHeir, useFocusHeir } from '../controls/use-focus-heir.ts'
import { composerWords } from '../strings/parts/composer.ts'
import { useWords } from '../strings/use-words.ts'
import { editorKeys } from './editor-keys.ts'

interface QueuedEditorProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSave: () => void
  readonly onCancel: () => void
  /** Who gets the focus when the message leaves in the middle of it. */
  readonly focusHeir: FocusHeir
}

/** The field in which a waiting message is changed. */
export function QueuedEditor({ text, onText, onSave, onCancel, focusHeir }: QueuedEditorProps) {
  const strings = useWords(composerWords)
  const ref = useFocusHeir<HTMLTextAreaElement>(focusHeir)

  useEffect(() => {
    const area = ref.current
    area?.focus({ preventScroll: true })
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [ref])

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
        onKeyDown={editorKeys(onSave, onCancel)}
      />
      <IconButton label={strings.save} focusHeir={focusHeir} onClick={onSave}>
        <Icon of={Check} />
      </IconButton>
      <IconButton label={strings.cancel} focusHeir={focusHeir} onClick={onCancel}>
        <Icon of={X} />
      </IconButton>
    </>
  )
}
