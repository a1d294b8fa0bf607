'use client'

import type { Message } from '@millrace/core'
import { useChatActions, useMessage } from '@millrace/hooks'
import { Check, Square } from 'lucide'
import { memo, useId } from 'react'
import { modelName, useKnownModels } from '../branch-picker/known-models.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { describeEnding } from '../message-view/ending.ts'
import { MessageParts } from '../message-view/message-parts.tsx'
import { ReplyEnd } from '../message-view/reply-end.tsx'
import { WaitingView } from '../message-view/waiting.tsx'
import { type CompareState, compareWords } from '../strings/parts/compare.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'
import { UsageMeter } from '../usage-meter/usage-meter.tsx'

export interface CompareReplyProps {
  readonly id: string
  /** The chat goes on from this one. */
  readonly isChosen: boolean
  /** Has the chat go on from this one. Keep its identity. */
  readonly onChoose: (id: string) => void
  /** See `MessageView`. Keep its identity. */
  readonly onKeyRequest?: (() => void) | undefined
}

/**
 * One of the replies that are compared. In the chosen one a tool that asks first is answered, and something can be done about
 * its end. It renders when its own message changes, and for no other.
 */
export const CompareReply = memo(function CompareReply({ id, isChosen, onChoose, onKeyRequest }: CompareReplyProps) {
  const strings = useStrings()
  const words = useWords(compareWords)
  const message = useMessage(id)
  const models = useKnownModels()
  const { stopMessage, addToolApprovalResponse } = useChatActions()
  const headingId = useId()
  if (!message) return null
  const name = modelName(models, message.model ?? '') || words.unnamedModel
  const ending = describeEnding(message, strings)
  const isLive = message.status !== 'done'
  return (
    <section
      className="mr-compared"
      aria-labelledby={headingId}
      aria-busy={isLive || undefined}
      data-chosen={isChosen || undefined}
    >
      <header className="mr-compared-header">
        <h3 id={headingId} className="mr-compared-model">
          {name}
        </h3>
        <span className="mr-compared-state" data-state={stateOf(message)}>
          {words.compareStates[stateOf(message)]}
        </span>
        {isLive && (
          <IconButton label={words.stopReply(name)} focusHeir={transcriptOf} onClick={() => stopMessage(id)}>
            <Icon of={Square} />
          </IconButton>
        )}
      </header>
      <div className="mr-compared-body">
        <div className="mr-message-parts">
          <MessageParts message={message} onToolApproval={isChosen ? addToolApprovalResponse : undefined} />
        </div>
        {message.status === 'pending' && <WaitingView isIdle />}
        {/* That it was stopped is said above. */}
        {ending && message.finishReason !== 'aborted' && (
          <ReplyEnd message={message} ending={ending} isLast={isChosen} onKeyRequest={onKeyRequest} />
        )}
      </div>
      <footer className="mr-compared-footer">
        <UsageMeter messageId={id} />
        <Button aria-pressed={isChosen} onClick={() => onChoose(id)}>
          {isChosen && <Icon of={Check} />}
          {words.goOnFrom}
        </Button>
      </footer>
    </section>
  )
})

export function stateOf({ status, finishReason }: Message): CompareState {
  if (status !== 'done') return status
  if (finishReason === 'aborted') return 'stopped'
  return finishReason === 'error' || finishReason === 'incomplete' ? 'failed' : 'done'
}
