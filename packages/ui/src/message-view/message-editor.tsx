'use client'

import type { Message } from '@millrace/core'
import { useChatActions } from '@millrace/hooks'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { editorKeys } from '../composer/editor-keys.ts'
import { useAutoSize } from '../composer/use-auto-size.ts'
import { Button } from '../controls/button.tsx'
import { leftMessages } from '../message-actions/edit-button.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { FileChip } from './file-chip.tsx'

interface MessageEditorProps {
  readonly message: Message
  readonly onClose: () => void
}

/**
 * A message of the reader's, being said in other words. Saving asks again from there, on a branch of its own; files stay.
 * Keys are those of the composer; Escape leaves it as it was.
 */
export function MessageEditor({ message, onClose }: MessageEditorProps) {
  const strings = useStrings()
  const { editMessage } = useChatActions()
  const [text, setText] = useState(message.content)
  const [hasFailed, setHasFailed] = useState(false)
  const areaRef = useAutoSize(text)
  const hintId = useId()
  const files = message.parts.filter((part) => part.type === 'file')
  const canSave = text.trim() !== '' || files.length > 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears.
  useEffect(() => {
    areaRef.current?.focus()
    areaRef.current?.setSelectionRange(text.length, text.length)
  }, [])

  // By now it was given back. Where it was not, it is taken from nobody later.
  useEffect(() => () => void leftMessages.delete(message.id), [message.id])

  function close(): void {
    leftMessages.add(message.id)
    onClose()
  }

  function save(): void {
    if (!canSave) return
    if (text === message.content) return close()
    setHasFailed(false)
    leftMessages.add(message.id)
    editMessage(message.id, text).catch(() => setHasFailed(true))
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    save()
  }

  return (
    <form className="mr-editor" aria-label={strings.editMessage} onSubmit={submit}>
      {files.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the files of a message never change.
        <FileChip key={index} part={part} />
      ))}
      <div className="mr-editor-field">
        <textarea
          ref={areaRef}
          className="mr-composer-text"
          rows={1}
          dir="auto"
          aria-label={strings.message}
          aria-describedby={hintId}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={editorKeys(save, close)}
        />
        <div className="mr-editor-actions">
          <p id={hintId} className="mr-editor-hint">
            {strings.editHint}
          </p>
          <Button onClick={close}>{strings.cancel}</Button>
          <Button type="submit" emphasis="primary" aria-disabled={!canSave || undefined}>
            {strings.save}
          </Button>
        </div>
      </div>
      <p className="mr-composer-failure" role="alert">
        {hasFailed && strings.notSent}
      </p>
    </form>
  )
}
