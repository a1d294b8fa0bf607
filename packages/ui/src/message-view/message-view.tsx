'use client'

import type { Message } from '@millrace/core'
import { type ChatActions, type TextFeed, useChatActions, useMessage } from '@millrace/hooks'
import { memo, type ReactNode, useId, useState } from 'react'
import { BranchPicker } from '../branch-picker/branch-picker.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { useFocusHeir } from '../controls/use-focus-heir.ts'
import { EditButton } from '../message-actions/edit-button.tsx'
import { MessageActions } from '../message-actions/message-actions.tsx'
import { usePacedFeeds } from '../smooth-text/text-pace-provider.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { describeEnding } from './ending.ts'
import { growsOnly } from './grows-only.ts'
import { languageOf } from './language-of.ts'
import { MessageEditor } from './message-editor.tsx'
import { MessageParts } from './message-parts.tsx'
import { ReplyEnd } from './reply-end.tsx'
import { Waiting } from './waiting.tsx'

export interface MessageViewProps {
  readonly id: string
  /** The last turn shows its actions and numbers at all times, and can be retried. */
  readonly isLast?: boolean
  /** Called when the reader wants to look at the API key, after one that was not accepted. Keep its identity. */
  readonly onKeyRequest?: (() => void) | undefined
}

/** One turn of the thread. It is rendered when its own message changes, and not when another does. */
export const MessageView = memo(function MessageView({ id, isLast = false, onKeyRequest }: MessageViewProps) {
  // Text that grows at the end is drawn without a render of the turn.
  const message = useMessage(id, growsOnly)
  const feedOf = usePacedFeeds(id)
  const { regenerate, addToolApprovalResponse } = useChatActions()
  const strings = useStrings()
  const [isEditing, setIsEditing] = useState(false)
  // What the system and the tools say is for the model; a tool's outcome stands in the call that asked for it.
  if (!message || message.role === 'system' || message.role === 'tool') return null
  const isReply = message.role === 'assistant'
  const isLive = message.status !== 'done'
  const ending = isReply ? describeEnding(message, strings) : undefined
  const isRetriedThere = isLast && ending !== undefined && ending.kind !== 'note' && ending.action !== 'continue'

  if (isEditing)
    return <Turn message={message} body={<MessageEditor message={message} onClose={() => setIsEditing(false)} />} />

  const answerAgain = () => void regenerate({ messageId: id })

  return (
    <Turn message={message} feedOf={feedOf} onToolApproval={isLast ? addToolApprovalResponse : undefined}>
      {isLive && <Waiting isIdle={!isWriting(message)} />}
      {ending && <ReplyEnd message={message} ending={ending} isLast={isLast} onKeyRequest={onKeyRequest} />}
      <MessageActions
        message={message}
        isLast={isLast}
        onRegenerate={isReply && !isRetriedThere ? answerAgain : undefined}
      >
        {!isReply && <EditButton messageId={id} onEdit={() => setIsEditing(true)} />}
        <BranchPicker messageId={id} />
      </MessageActions>
    </Turn>
  )
})

export interface TurnProps {
  readonly message: Message
  /** See `MessageParts`. */
  readonly feedOf?: ((partIndex: number) => TextFeed) | undefined
  /** See `MessageParts`. */
  readonly onToolApproval?: ChatActions['addToolApprovalResponse'] | undefined
  /** Shown in place of what the message says: an editor, say. */
  readonly body?: ReactNode
  /** What follows the message: how it ended, what can be done with it. */
  readonly children?: ReactNode
}

/**
 * A message as it stands in the transcript, without any state behind it: an `article` with the attributes `data-role`
 * and `data-status`, which are those of the message.
 */
export function Turn({ message, feedOf, onToolApproval, body, children }: TurnProps) {
  const strings = useStrings()
  const headingId = useId()
  const ref = useFocusHeir<HTMLElement>(transcriptOf)
  const isLive = message.status !== 'done'
  return (
    <article
      ref={ref}
      className="mr-message"
      data-role={message.role}
      data-status={message.status}
      aria-labelledby={headingId}
      aria-busy={isLive || undefined}
      tabIndex={-1}
    >
      <h2 id={headingId} className="mr-visually-hidden">
        {message.role === 'user' ? strings.youSaid : strings.assistantSaid}
      </h2>
      <div className="mr-message-parts" lang={languageOf(message)}>
        {body ?? <MessageParts message={message} feedOf={feedOf} onToolApproval={onToolApproval} />}
      </div>
      {children}
    </article>
  )
}

/** Whether some part shows by itself that more is coming. */
function isWriting({ parts }: Message): boolean {
  return parts.some((part) => 'state' in part && (part.state === 'streaming' || part.state === 'input-streaming'))
}
