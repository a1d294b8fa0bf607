'use client'

import type { Message } from '@millrace/core'
import { type ChatState, useChatSelector } from '@millrace/hooks'
import type { ReactNode } from 'react'
import { Suggestions } from './suggestions.tsx'

export interface FollowUpsProps {
  /** What to offer after that reply, each in a `Suggestion`; nothing where there is nothing to offer. */
  readonly children: ReactNode | ((reply: Message) => ReactNode)
}

/** Suggestions to go on with, above the composer: `<Chat aboveComposer={<FollowUps>…`. Shown once a reply is complete. */
export function FollowUps({ children }: FollowUpsProps) {
  const reply = useChatSelector(selectCompleteReply)
  const offered = reply && (typeof children === 'function' ? children(reply) : children)
  return offered ? <Suggestions className="mr-follow-ups">{offered}</Suggestions> : null
}

function selectCompleteReply({ messages, replyIds, queue }: ChatState): Message | undefined {
  const last = messages.at(-1)
  const isComplete = last?.role === 'assistant' && last.finishReason === 'stop'
  return isComplete && replyIds.length === 0 && queue.length === 0 ? last : undefined
}
