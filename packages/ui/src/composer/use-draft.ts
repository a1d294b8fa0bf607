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
  /** The last attempt to send was refused, and what it was about is back. */
  readonly hasFailed: boolean
  readonly send: () => void
}

const noFiles: readonly AttachedFile[] = []

/** The message being written. It leaves when it is sent, and comes back, with its files, if it could not be. */
export function useDraft(): Draft {
  const { sendMessage } = useChatActions()
  const [text, setText] = useState('')
  const [files, setFiles] = useState(noFiles)
  const [hasFailed, setHasFailed] = useState(false)
  const taken = files.filter(({ refusal }) => refusal === undefined)
  const canSend = text.trim() !== '' || taken.length > 0

  function send(): void {
    if (!canSend) return
    setText('')
    setFiles(noFiles)
    setHasFailed(false)
    // A file that is still being read is read by the chat, which keeps the order of what is sent meanwhile.
    const sent = taken.map(({ file, part = file }) => part)
    // A reply that fails does not reject, only a message that could not be sent at all.
    sendMessage(sent.length > 0 ? { text, files: sent } : text).catch(() => {
      setText((newer) => (newer === '' ? text : `${text}\n${newer}`))
      setFiles((newer) => [...files, ...newer])
      setHasFailed(true)
    })
  }

  return { text, setText, files, setFiles, canSend, hasFailed, send }
}
