'use client'

import type { Message } from '@millrace/core'
import { type ChatState, useChatActions, useChatSelector, useIsOnline } from '@millrace/hooks'
import { Pencil, X } from 'lucide'
import { useEffect, useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import type { FocusHeir } from '../controls/use-focus-heir.ts'
import { composerWords } from '../strings/parts/composer.ts'
import { offlineWords } from '../strings/parts/offline.ts'
import { useWords } from '../strings/use-words.ts'
import { QueuedEditor } from './queued-editor.tsx'
import type { QueueEdit } from './use-draft.ts'

export interface QueueListProps {
  readonly edit: QueueEdit | undefined
  readonly onEdit: (edit: QueueEdit | undefined) => void
  /** Who gets the focus of a message's button when that message leaves. */
  readonly focusHeir: FocusHeir
  /** Takes the words of somebody whose message left while they were changing it. */
  readonly onWordsLeft: (text: string) => void
}

/** The messages that wait for the reply before them. Until then they can be changed, or taken back. */
export function QueueList({ edit, onEdit, focusHeir, onWordsLeft }: QueueListProps) {
  const strings = useWords(composerWords)
  const { queueOffline } = useWords(offlineWords)
  const title = useIsOnline() ? strings.queue : queueOffline
  const queue = useChatSelector(selectQueue)
  const { cancelQueued, editQueued } = useChatActions()
  const [editedId, setEditedId] = useState<string>()

  useEffect(() => {
    if (!edit || queue.some(({ message }) => message.id === edit.message.id)) return
    onEdit(undefined)
    if (edit.text !== edit.message.content) onWordsLeft(edit.text)
  }, [edit, queue, onEdit, onWordsLeft])

  if (queue.length === 0) return null

  function close(): void {
    setEditedId(edit?.message.id)
    onEdit(undefined)
  }

  function save({ message, text }: QueueEdit): void {
    const files = filesOf(message)
    if (text.trim() === '' && files.length === 0) return
    const { metadata } = message
    editQueued(message.id, { text, files, ...(metadata && { metadata }) })
    close()
  }

  return (
    <section className="mr-queue" aria-label={title}>
      <p className="mr-queue-title">{title}</p>
      <ul className="mr-queue-list">
        {queue.map(({ message }) => (
          <li key={message.id} className="mr-queued">
            {edit?.message.id === message.id ? (
              <QueuedEditor
                text={edit.text}
                onText={(text) => onEdit({ message: edit.message, text })}
                onSave={() => save(edit)}
                onCancel={close}
                focusHeir={focusHeir}
              />
            ) : (
              <>
                <span className="mr-queued-text" dir="auto">
                  {[message.content, ...filesOf(message).map(({ name = strings.file }) => name)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <IconButton
                  label={strings.editMessage}
                  autoFocus={editedId === message.id}
                  focusHeir={focusHeir}
                  onClick={() => onEdit({ message, text: message.content })}
                >
                  <Icon of={Pencil} />
                </IconButton>
                <IconButton label={strings.cancelQueued} focusHeir={focusHeir} onClick={() => cancelQueued(message.id)}>
                  <Icon of={X} />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const selectQueue = (state: ChatState) => state.queue

const filesOf = ({ parts }: Message) => parts.filter((part) => part.type === 'file')
