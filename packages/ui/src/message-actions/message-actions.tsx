'use client'

import type { Message } from '@millrace/core'
import { CornerDownRight, RotateCcw } from 'lucide'
import type { ReactNode } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { CopyButton } from './copy-button.tsx'
import { Meter } from './meter.tsx'
import { useActionSlot, useMeterSlot } from './slots.ts'

export interface MessageActionsProps {
  readonly message: Message
  readonly isLast?: boolean
  /** Asks for another answer. Without it there is no such button. */
  readonly onRegenerate?: (() => void) | undefined
  /** Goes on with an answer that is unfinished. Without it there is no such button. */
  readonly onContinue?: (() => void) | undefined
  /** More of them, before the numbers: a `BranchPicker`, say. */
  readonly children?: ReactNode
}

/**
 * What can be done with a message. Always seen on the last answer; on others when the pointer or the focus is there.
 * While the message is being written it only keeps its place, so that nothing moves at the end. The actions that are
 * always seen have the attribute `data-pinned`.
 */
export function MessageActions({ message, isLast = false, onRegenerate, onContinue, children }: MessageActionsProps) {
  const strings = useStrings()
  const slot = useActionSlot()
  const LiveMeter = useMeterSlot()
  const isReply = message.role === 'assistant'
  return (
    <div className="mr-actions" data-pinned={(isLast && isReply) || undefined}>
      {message.status === 'done' && (
        <>
          {message.content !== '' && <CopyButton text={message.content} aria-keyshortcuts="c" />}
          {onRegenerate && (
            <IconButton
              label={strings.regenerate}
              aria-keyshortcuts="r"
              focusHeir={transcriptOf}
              onClick={onRegenerate}
            >
              <Icon of={RotateCcw} />
            </IconButton>
          )}
          {onContinue && (
            <IconButton
              label={strings.continueAnswer}
              aria-keyshortcuts="g"
              focusHeir={transcriptOf}
              onClick={onContinue}
            >
              <Icon of={CornerDownRight} />
            </IconButton>
          )}
          {children}
          {slot?.(message)}
          {isLast && isReply && !LiveMeter && <Meter message={message} />}
        </>
      )}
      {isLast && isReply && LiveMeter && <LiveMeter messageId={message.id} />}
    </div>
  )
}
