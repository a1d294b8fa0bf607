'use client'

import type { Message } from '@millrace/core'
import { type ChatState, useChatSelector } from '@millrace/hooks'
import { type KeyboardEvent, useRef, useState } from 'react'

/** Where in what was sent somebody is, and what they had written before they went there. */
interface Visit {
  readonly place: number
  readonly draft: string
}

/**
 * Goes through what was sent by the arrow keys, as a shell does: up from the start of the field, and on from there until
 * the text is changed. Down leads back, at last to the draft.
 * @returns handles a key, and says whether it was one of those.
 */
export function useHistory(text: string, setText: (text: string) => void) {
  const [selectSent] = useState(createSentSelector)
  const sent = useChatSelector(selectSent)
  const visit = useRef<Visit>(undefined)

  return (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, currentTarget } = event
    const { current } = visit
    const from = current && text === sent[current.place] ? current : { place: sent.length, draft: text }
    const isVisiting = from === current
    const isStep = key === 'ArrowUp' || (key === 'ArrowDown' && isVisiting)
    if (!isStep || shiftKey || altKey || ctrlKey || metaKey) return false
    const { selectionStart, selectionEnd } = currentTarget
    // Elsewhere in the text these keys move the cursor.
    const isAtEdge = selectionEnd === 0 || (isVisiting && selectionStart === text.length)
    const place = from.place + (key === 'ArrowUp' ? -1 : 1)
    if (!isAtEdge || place < 0) return false
    visit.current = place < sent.length ? { place, draft: from.draft } : undefined
    setText(sent[place] ?? from.draft)
    return true
  }
}

/** What was sent, oldest first; what waits in the queue was sent last. The same array until something else is sent. */
function createSentSelector(): (state: ChatState) => readonly string[] {
  let last: Message | undefined
  let waiting: ChatState['queue'] | undefined
  let sent: readonly string[] = []
  // It is asked with every piece of an answer, so it looks no further than the last question.
  return ({ messages, queue }) => {
    const newest = messages.findLast(isByUser)
    if (newest === last && queue === waiting) return sent
    last = newest
    waiting = queue
    const texts = [...messages.filter(isByUser), ...queue.map(({ message }) => message)].map(({ content }) => content)
    sent = texts.filter((text, index) => text !== '' && text !== texts[index + 1])
    return sent
  }
}

const isByUser = ({ role }: Message) => role === 'user'
