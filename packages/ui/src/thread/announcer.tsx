'use client'

import type { Message, ToolCallPart } from '@millrace/core'
import { type ChatState, useChatSelector, useChatStore } from '@millrace/hooks'
import { useEffect, useRef, useState } from 'react'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { titleOf } from '../message-view/ending.ts'
import { languageOfText } from '../message-view/language-of.ts'
import type { ChatStrings } from '../strings/strings.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { countWords } from './count-words.ts'
import { createSpeech, type Speech } from './speech.ts'

/**
 * How much of an answer is spoken: each sentence once it is finished; all of it at its end; that it begins and that it
 * ended; or nothing but failures and questions of tools.
 */
export type Announces = 'sentences' | 'end' | 'boundaries' | 'off'

interface Announcement {
  /** Two regions speak in turns, so that the same words are spoken again. */
  readonly texts: readonly [string, string]
  /** Which of them has spoken last. */
  readonly last: 0 | 1
  /** Says a failure at once, whatever is being read. */
  readonly urgent: string
}

const silence: Announcement = { texts: ['', ''], last: 1, urgent: '' }

/** Says something in the region that did not speak last. */
const saying =
  (text: string) =>
  ({ last }: Announcement): Announcement => ({
    texts: last === 1 ? [text, ''] : ['', text],
    last: last === 1 ? 0 : 1,
    urgent: '',
  })

/** Sentences come together: a voice that is interrupted at every one of them says nothing. */
const batchMs = 2000
/** By then a screen reader has taken up what it is to say. */
const heardMs = 1500

export interface AnnouncerProps {
  /** Default `sentences`. */
  readonly announces?: Announces | undefined
}

/**
 * Speaks for the transcript, which is silent itself: that a reply has begun, what it says, that a tool asks first, and how
 * the reply ended. Its regions are there and empty from the start, as screen readers only hear changes.
 */
export function Announcer({ announces = 'sentences' }: AnnouncerProps) {
  const strings = useStrings()
  const store = useChatStore()
  const replyId = useChatSelector(selectReplyId)
  const ended = useChatSelector(selectEndedReply)
  const asking = useChatSelector(selectAskingCall)
  const [{ texts, urgent }, setAnnouncement] = useState(silence)
  const awaitedId = useRef<string>(undefined)
  const heardCall = useRef(asking?.toolCallId)
  const speech = useRef<Speech>(undefined)

  useEffect(() => {
    const isQuiet = announces === 'off'
    if (asking && asking.toolCallId !== heardCall.current) {
      heardCall.current = asking.toolCallId
      awaitedId.current = replyId
      setAnnouncement(saying(strings.announceApproval(asking.toolName)))
    } else if (replyId !== undefined && replyId !== awaitedId.current) {
      awaitedId.current = replyId
      speech.current = createSpeech(strings.announceCode)
      // What is gone on with was spoken before.
      speech.current.read(textOf(store.getState(), replyId), false)
      if (!isQuiet) setAnnouncement(saying(strings.announceStart))
    } else if (replyId === undefined && awaitedId.current !== undefined) {
      // An answer that was taken out of the thread has no end to tell of.
      if (ended?.id === awaitedId.current && !asking) {
        // Whoever stops it has heard enough.
        const isSpoken = (announces === 'sentences' || announces === 'end') && ended.finishReason !== 'aborted'
        const rest = (isSpoken && speech.current?.read(ended.content, true)) || []
        const end = describeEnd(ended, strings)
        if (ended.error) setAnnouncement({ ...silence, urgent: end })
        else if (!isQuiet) setAnnouncement(saying([...rest, end].join(' ')))
      }
      awaitedId.current = undefined
    }
  }, [replyId, ended, asking, strings, announces, store])

  useEffect(() => {
    if (replyId === undefined || announces !== 'sentences') return
    const timer = setInterval(() => {
      const sentences = speech.current?.read(textOf(store.getState(), replyId), false) ?? []
      if (sentences.length > 0) setAnnouncement(saying(sentences.join(' ')))
    }, batchMs)
    return () => clearInterval(timer)
  }, [replyId, announces, store])

  // What has been heard is not to be found a second time, by find-in-page or by whoever goes through the page.
  useEffect(() => {
    if (texts === silence.texts && urgent === '') return
    const timer = setTimeout(() => setAnnouncement(({ last }) => ({ ...silence, last })), heardMs)
    return () => clearTimeout(timer)
  }, [texts, urgent])

  return (
    <>
      {texts.map((text, region) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: there are two, at all times.
        <VisuallyHidden key={region} role="status" lang={languageOfText(text)}>
          {text}
        </VisuallyHidden>
      ))}
      <VisuallyHidden role="alert">{urgent}</VisuallyHidden>
    </>
  )
}

const textOf = ({ messages }: ChatState, id: string) => messages.findLast((message) => message.id === id)?.content ?? ''

/** The reply that is read: others of those that are compared, or on a branch that was left, are on their way unheard. */
function selectReplyId({ messages, replyIds }: ChatState): string | undefined {
  return replyIds[0] && messages.findLast(({ id }) => replyIds.includes(id))?.id
}

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
