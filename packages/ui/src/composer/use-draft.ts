'use client'

import { useChatActions } from '@millrace/hooks'
import { type Dispatch, type SetStateAction, useState } from 'react'
import type { AttachedFile } from '../attachments/composer-attachments.ts'

export interface Draft {
  readonly text: string
  readonly setText: (text: string) => void
  readonly files: readonly AttachedFile[]
  readonly setFiles: Dispatch<SetStateAction<readonly AttachedFile[]>>
  /** There is something to send. */
  readonly canSend: boolean
  /** Why there are words again that were sent, or were meant for a message that was. */
  readonly trouble: 'notSent' | 'leftQueue' | undefined
  readonly send: () => void
  /** Puts the words for a message in the queue here, as that has left. */
  readonly takeWords: (text: string) => void
}

const noFiles: readonly AttachedFile[] = []

/** The message being written. It leaves when it is sent, and comes back, with its files, if it could not be. */
export function useDraft(): Draft {
  const { sendMessage } = useChatActions()
  const [text, setText] = useState('')
  const [files, setFiles] = useState(noFiles)
  const [trouble, setTrouble] = useState<Draft['trouble']>()
  const taken = files.filter(({ refusal }) => refusal === undefined)
  const canSend = text.trim() !== '' || taken.length > 0

  // What is written by then stays, below.
  const putBefore = (words: string) => setText((newer) => [words, newer].filter(Boolean).join('\n'))

  function send(): void {
    if (!canSend) return
    setText('')
    setFiles(noFiles)
    setTrouble(undefined)
    // A file that is still being read is read by the chat, which keeps the order of what is sent meanwhile.
    const sent = taken.map(({ file, part = file }) => part)
    // A reply that fails does not reject, only a message that could not be sent at all.
    sendMessage(sent.length > 0 ? { text, files: sent } : text).catch(() => {
      putBefore(text)
      setFiles((newer) => [...files, ...newer])
      setTrouble('notSent')
    })
  }

  function takeWords(words: string): void {
    putBefore(words)
    setTrouble('leftQueue')
  }

  return { text, setText, files, setFiles, canSend, trouble, send, takeWords }
}
