'use client'

import type { Message, ToolCallPart } from '@millrace/core'
import { type ChatState, useChatSelector } from '@millrace/hooks'
import { useEffect, useRef, useState } from 'react'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { titleOf } from '../message-view/ending.ts'
import type { ChatStrings } from '../strings/strings.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { countWords } from './count-words.ts'

interface Announcement {
  readonly text: string
  /** Says a failure at once, whatever is being read. */
  readonly isUrgent: boolean
  /** Even or odd: which of two regions speaks, so that the same words are spoken again. */
  readonly turn: number
}

const silence: Announcement = { text: '', isUrgent: false, turn: 0 }

/**
 * Speaks for the transcript, which is silent itself: that a reply has begun, that a tool asks first, and how
 * the reply ended. Its regions are there
 * and empty from the start, as screen readers only hear changes.
 */
export function Announcer() {
  const strings = useStrings()
  const replyId = useChatSelector(selectReplyId)
  const ended = useChatSelector(selectEndedReply)
  const asking = useChatSelector(selectAskingCall)
  const [{ text, isUrgent, turn }, setAnnouncement] = useState(silence)
  const awaitedId = useRef<string>(undefined)
  const heardCall = useRef(asking?.toolCallId)

  useEffect(() => {
    const say = (words: string, urgently = false) =>
      setAnnouncement((before) => ({ text: words, isUrgent: urgently, turn: before.turn + 1 }))
    if (asking && asking.toolCallId !== heardCall.current) {
      heardCall.current = asking.toolCallId
      awaitedId.current = replyId
      say(strings.announceApproval(asking.toolName))
    } else if (replyId !== undefined && replyId !== awaitedId.current) {
      awaitedId.current = replyId
      say(strings.announceStart)
    } else if (replyId === undefined && awaitedId.current !== undefined) {
      // An answer that was taken out of the thread has no end to tell of.
      if (ended?.id === awaitedId.current && !asking) say(describeEnd(ended, strings), ended.error !== undefined)
      awaitedId.current = undefined
    }
  }, [replyId, ended, asking, strings])

  const spoken = (region: number) => (!isUrgent && turn % 2 === region ? text : '')
  return (
    <>
      <VisuallyHidden role="status">{spoken(0)}</VisuallyHidden>
      <VisuallyHidden role="status">{spoken(1)}</VisuallyHidden>
      <VisuallyHidden role="alert">{isUrgent && text}</VisuallyHidden>
    </>
  )
}

const selectReplyId = (state: ChatState) => state.replyIds[0]

/** The last message once it is done: while it grows, there is nothing here to render for. */
function selectEndedReply({ messages }: ChatState): Message | undefined {
  const last = messages.at(-1)
  return last?.role === 'assistant' && last.status === 'done' ? last : undefined
}

/** A tool that waits for a person. Its reply is only on hold: it has no end to tell of. */
function selectAskingCall({ messages }: ChatState): ToolCallPart | undefined {
  return messages
    .at(-1)
    ?.parts.find((part): part is ToolCallPart => part.type === 'tool-call' && part.state === 'approval-requested')
}

function describeEnd(reply: Message, strings: ChatStrings): string {
  const failure = titleOf(reply, strings)
  if (failure !== undefined) return strings.announceFailed(failure)
  if (reply.finishReason === 'aborted') return strings.announceStopped
  return strings.announceEnd(countWords(reply.content))
}
