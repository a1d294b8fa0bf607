'use client'

import { type ChatState, useChatActions, useChatSelector } from '@millrace/hooks'
import { X } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import type { FocusHeir } from '../controls/use-focus-heir.ts'
import { useStrings } from '../strings/strings-provider.tsx'

export interface QueueListProps {
  /** Who gets the focus of a message's button when that message leaves. */
  readonly focusHeir: FocusHeir
}

/** The messages that wait for the reply before them. */
export function QueueList({ focusHeir }: QueueListProps) {
  const strings = useStrings()
  const queue = useChatSelector(selectQueue)
  const { cancelQueued } = useChatActions()
  if (queue.length === 0) return null
  return (
    <section className="mr-queue" aria-label={strings.queue}>
      <p className="mr-queue-title">{strings.queue}</p>
      <ul className="mr-queue-list">
        {queue.map(({ message }) => (
          <li key={message.id} className="mr-queued">
            <span className="mr-queued-text" dir="auto">
              {message.content}
            </span>
            <IconButton label={strings.cancelQueued} focusHeir={focusHeir} onClick={() => cancelQueued(message.id)}>
              <X className="mr-icon" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

const selectQueue = (state: ChatState) => state.queue
