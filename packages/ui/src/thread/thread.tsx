'use client'

import { type ChatState, useChatSelector } from '@millrace/hooks'
import { type ComponentPropsWithoutRef, type ReactNode, useRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import type { MessageViewProps } from '../message-view/message-view.tsx'
import { JumpToLatest } from '../scroll/jump-to-latest.tsx'
import { useFollow } from '../scroll/use-follow.ts'
import { useUnread } from '../scroll/use-unread.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { Announcer, type Announces } from './announcer.tsx'
import { Turns } from './turns.tsx'

/**
 * What stays in view while an answer grows: its end, until the reader goes up; the question, brought to the top with room
 * for the answer below; or whatever is there.
 */
export type Follows = 'end' | 'question' | 'nothing'

export interface ThreadProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Shown while there is no message. Default: a short invitation. */
  readonly empty?: ReactNode
  /** Renders one turn. Default: a `MessageView`. Keep its identity between renders. */
  readonly renderMessage?: (props: MessageViewProps) => ReactNode
  /** See `MessageView`. Keep its identity between renders. */
  readonly onKeyRequest?: (() => void) | undefined
  /** Default `end`. */
  readonly follows?: Follows | undefined
  /** Default `sentences`. */
  readonly announces?: Announces | undefined
}

/**
 * The transcript of the chat of the nearest `ChatProvider`. It follows the answer until the reader scrolls up, and
 * while one message grows no other is rendered. Without messages it has the attribute `data-empty`.
 */
export function Thread({
  empty,
  renderMessage,
  onKeyRequest,
  follows = 'end',
  announces,
  className,
  ...props
}: ThreadProps) {
  const strings = useStrings()
  const { scrollerRef, contentRef, isAway, toEnd, toTop } = useFollow({ follows: follows !== 'nothing' })
  const unread = useUnread(isAway)
  const isEmpty = useChatSelector(selectIsEmpty)
  useOnSend(() => {
    unread.forget()
    const question = follows === 'question' && contentRef.current && lastQuestionIn(contentRef.current)
    if (question) toTop(question)
    else toEnd()
  })

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
        data-region=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
        tabIndex={0}
      >
        <div ref={contentRef} className="mr-thread-content">
          {isEmpty ? (
            (empty ?? <Invitation />)
          ) : (
            <Turns
              scrollerRef={scrollerRef}
              firstNewId={unread.firstId}
              renderMessage={renderMessage}
              onKeyRequest={onKeyRequest}
            />
          )}
        </div>
      </div>
      {isAway && <JumpToLatest newCount={unread.count} onJump={jump} focusHeir={() => scrollerRef.current} />}
      <Announcer announces={announces} />
    </div>
  )
}

const selectIsEmpty = (state: ChatState) => state.messages.length === 0

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
function useOnSend(onSend: () => void): void {
  const sentId = useChatSelector(selectSentId)
  const queue = useChatSelector(selectQueue)
  const queuedIds = useRef(new Set<string>())
  const seenId = useRef(sentId)

  // Before the browser paints, and the end of the thread is seen where the question is wanted.
  useIsomorphicLayoutEffect(() => {
    for (const { message } of queue) queuedIds.current.add(message.id)
    if (sentId === undefined || sentId === seenId.current) return
    seenId.current = sentId
    if (!queuedIds.current.delete(sentId)) onSend()
  })
}

const selectQueue = (state: ChatState) => state.queue

/** The question that is being answered. Others come without being sent from here: from another tab, a branch, a storage. */
function selectSentId({ messages, replyIds }: ChatState): string | undefined {
  const reply = messages.at(-1)
  if (!reply || !replyIds.includes(reply.id)) return undefined
  return messages.findLast((message) => message.role === 'user')?.id
}

function lastQuestionIn(content: HTMLElement): HTMLElement | undefined {
  return [...content.querySelectorAll<HTMLElement>(':scope > [data-role="user"]')].at(-1)
}
