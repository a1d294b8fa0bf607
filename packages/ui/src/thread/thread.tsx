'use client'

import { type ChatState, useChatSelector, useMessageIds } from '@millrace/hooks'
import { type ComponentPropsWithoutRef, Fragment, memo, type ReactNode, useEffect, useRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { MessageView, type MessageViewProps } from '../message-view/message-view.tsx'
import { JumpToLatest } from '../scroll/jump-to-latest.tsx'
import { useFollow } from '../scroll/use-follow.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { Announcer } from './announcer.tsx'

export interface ThreadProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Shown while there is no message. Default: a short invitation. */
  readonly empty?: ReactNode
  /** Renders one turn. Default: a `MessageView`. Keep its identity between renders. */
  readonly renderMessage?: (props: MessageViewProps) => ReactNode
  /** See `MessageView`. Keep its identity between renders. */
  readonly onKeyRequest?: (() => void) | undefined
}

/**
 * The transcript of the chat of the nearest `ChatProvider`. It follows the answer until the reader scrolls up, and
 * while one message grows no other is rendered. Without messages it has the attribute `data-empty`.
 */
export function Thread({ empty, renderMessage, onKeyRequest, className, ...props }: ThreadProps) {
  const strings = useStrings()
  const { scrollerRef, contentRef, isAway, toEnd } = useFollow()
  const isEmpty = useChatSelector(selectIsEmpty)
  useGoToEndOnSend(toEnd)

  function jump(): void {
    toEnd({ smooth: true })
    // The button goes away: whoever pressed it goes on from the newest message.
    const newest = contentRef.current?.lastElementChild
    if (newest instanceof HTMLElement) newest.focus({ preventScroll: true })
  }

  return (
    <div {...props} className={cx('mr-thread', className)} data-empty={isEmpty || undefined}>
      <div
        ref={scrollerRef}
        className="mr-thread-scroller"
        role="log"
        aria-live="off"
        aria-label={strings.transcript}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
        tabIndex={0}
      >
        <div ref={contentRef} className="mr-thread-content">
          {isEmpty ? (empty ?? <Invitation />) : <Turns renderMessage={renderMessage} onKeyRequest={onKeyRequest} />}
        </div>
      </div>
      {isAway && <JumpToLatest onJump={jump} focusHeir={() => scrollerRef.current} />}
      <Announcer />
    </div>
  )
}

const selectIsEmpty = (state: ChatState) => state.messages.length === 0

interface TurnsProps {
  readonly renderMessage: ThreadProps['renderMessage']
  readonly onKeyRequest: ThreadProps['onKeyRequest']
}

const Turns = memo(function Turns({ renderMessage = renderMessageView, onKeyRequest }: TurnsProps) {
  const ids = useMessageIds()
  const lastId = ids.at(-1)
  return ids.map((id) => <Fragment key={id}>{renderMessage({ id, isLast: id === lastId, onKeyRequest })}</Fragment>)
})

const renderMessageView = (props: MessageViewProps) => <MessageView {...props} />

function Invitation() {
  const strings = useStrings()
  return (
    <div className="mr-invitation">
      <h2 className="mr-invitation-title">{strings.emptyTitle}</h2>
      <p className="mr-invitation-hint">{strings.emptyHint}</p>
    </div>
  )
}

/** Whoever sends wants to see it. What was queued leaves at a moment that nobody chose, and moves nobody. */
function useGoToEndOnSend(toEnd: () => void): void {
  const sentId = useChatSelector(selectSentId)
  const queue = useChatSelector(selectQueue)
  const queuedIds = useRef(new Set<string>())
  const seenId = useRef(sentId)

  useEffect(() => {
    for (const { message } of queue) queuedIds.current.add(message.id)
    if (sentId === seenId.current) return
    seenId.current = sentId
    if (sentId !== undefined && !queuedIds.current.delete(sentId)) toEnd()
  }, [sentId, queue, toEnd])
}

const selectQueue = (state: ChatState) => state.queue
const selectSentId = (state: ChatState) => state.messages.findLast((message) => message.role === 'user')?.id
