'use client'

import type { Message } from '@millrace/core'
import { type ChatStore, type QueuedMessage, type SendOptions, useChatStore } from '@millrace/hooks'
import { type SetStateAction, useRef, useState } from 'react'
import type { AttachedFile } from '../attachments/composer-attachments.ts'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'

/** What a message in the queue is being changed to. */
export interface QueueEdit {
  readonly message: Message
  readonly text: string
}

interface DraftState {
  readonly text: string
  readonly files: readonly AttachedFile[]
  readonly edit: QueueEdit | undefined
  /** Why there are words again that were sent, or were meant for a message that was. */
  readonly trouble: 'notSent' | 'leftQueue' | undefined
}

export interface Draft extends DraftState {
  readonly setText: (text: SetStateAction<string>) => void
  readonly setFiles: (files: SetStateAction<readonly AttachedFile[]>) => void
  readonly setEdit: (edit: QueueEdit | undefined) => void
  /** There is something to send. */
  readonly canSend: boolean
  readonly send: (options?: SendOptions) => void
  /** Puts the words for a message in the queue here, as that has left. */
  readonly takeWords: (text: string) => void
}

const blank: DraftState = { text: '', files: [], edit: undefined, trouble: undefined }

/**
 * The message being written, for each chat its own. It leaves when it is sent, and comes back, with its files, if it could
 * not be.
 */
export function useDraft(): Draft {
  const store = useChatStore()
  const [drafts, setDrafts] = useState<Readonly<Record<string, DraftState>>>({})
  const draft = drafts[store.id] ?? blank
  const { text, files } = draft
  const taken = files.filter(({ refusal }) => refusal === undefined)
  const canSend = text.trim() !== '' || taken.length > 0

  const changeDraft = ({ id }: ChatStore, change: (before: DraftState) => Partial<DraftState>) =>
    setDrafts(({ [id]: before = blank, ...others }) => ({ ...others, [id]: { ...before, ...change(before) } }))

  const change = (changes: (before: DraftState) => Partial<DraftState>) => changeDraft(store, changes)

  const shown = useRef(store)
  useIsomorphicLayoutEffect(() => {
    const left = shown.current
    shown.current = store
    const waiting = left === store ? [] : left.getState().queue
    // A chat that is left sends nothing more: what waits there is there to be sent again.
    if (waiting.length > 0) changeDraft(left, (before) => ({ text: unsentWords(before, waiting), edit: undefined }))
  }, [store])

  function send(options?: SendOptions): void {
    if (!canSend) return
    change(() => ({ ...blank, edit: draft.edit }))
    // A file that is still being read is read by the chat, which keeps the order of what is sent meanwhile.
    const sent = taken.map(({ file, part = file }) => part)
    // A reply that fails does not reject, only a message that could not be sent at all.
    store.sendMessage(sent.length > 0 ? { text, files: sent } : text, options).catch(() =>
      change((newer) => ({
        text: joinWords(text, newer.text),
        files: [...files, ...newer.files],
        trouble: 'notSent',
      })),
    )
  }

  return {
    ...draft,
    setText: (next) =>
      change((before) => {
        const text = typeof next === 'function' ? next(before.text) : next
        // Words that were taken away are no longer there.
        return text ? { text } : { text, trouble: undefined }
      }),
    setFiles: (next) => change((before) => ({ files: typeof next === 'function' ? next(before.files) : next })),
    setEdit: (edit) => change(() => ({ edit })),
    canSend,
    send,
    // What is written by then stays, below.
    takeWords: (words) => change((newer) => ({ text: joinWords(words, newer.text), trouble: 'leftQueue' })),
  }
}

/** All that would be lost with a chat: what waits in its queue, changed as far as it was, and what is being written. */
export function unsentWords(
  { text, edit }: Pick<DraftState, 'text' | 'edit'>,
  queue: readonly QueuedMessage[],
): string {
  const waiting = queue.map(({ message }) => (message.id === edit?.message.id ? edit.text : message.content))
  return joinWords(...waiting, text)
}

const joinWords = (...words: readonly string[]) => words.filter(Boolean).join('\n')
