'use client'

import { findMessage, type Thread } from '@millrace/core'
import { useBranches, useChatStore } from '@millrace/hooks'
import { type ReactNode, useId, useMemo } from 'react'
import { MessageView, type MessageViewProps } from '../message-view/message-view.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { CompareView } from './compare-view.tsx'

/**
 * For `renderMessage` of a `Chat` or `Thread`: replies that were asked for together stand side by side while they are the last
 * of the thread. Once it goes on, only the one that was chosen is shown, the others are branches beside it.
 */
export const renderCompared = (props: MessageViewProps): ReactNode => <ComparedMessage {...props} />

function ComparedMessage(props: MessageViewProps) {
  const { id, isLast, onKeyRequest } = props
  const store = useChatStore()
  const { ids } = useBranches(id)
  const together = useMemo(() => askedTogether(store.getState(), ids, id), [store, ids, id])
  if (!isLast || together.length < 2) return <MessageView {...props} />
  return <ComparedTurn id={id} ids={together} onKeyRequest={onKeyRequest} />
}

interface ComparedTurnProps extends Pick<MessageViewProps, 'id' | 'onKeyRequest'> {
  readonly ids: readonly string[]
}

function ComparedTurn({ id, ids, onKeyRequest }: ComparedTurnProps) {
  const strings = useStrings()
  const headingId = useId()
  return (
    <article className="mr-message" data-role="assistant" aria-labelledby={headingId} tabIndex={-1}>
      <h2 id={headingId} className="mr-visually-hidden">
        {strings.assistantSaid}
      </h2>
      <CompareView messageId={id} ids={ids} onKeyRequest={onKeyRequest} />
    </article>
  )
}

/** Those of the siblings that were asked for in the same moment. */
function askedTogether(thread: Thread, siblings: readonly string[], id: string): readonly string[] {
  const startOf = (messageId: string) => {
    const message = findMessage(thread, messageId)
    return message?.role === 'assistant' ? message.timing?.startedAt : undefined
  }
  const start = startOf(id)
  return start === undefined ? [] : siblings.filter((each) => startOf(each) === start)
}
