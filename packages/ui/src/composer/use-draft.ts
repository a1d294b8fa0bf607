'use client'

import { useChatActions } from '@millrace/hooks'
import { useState } from 'react'

export interface Draft {
  readonly text: string
  readonly setText: (text: string) => void
  /** There is something to send. */
  readonly canSend: boolean
  /** The last attempt to send was refused, and the text is back. */
  readonly hasFailed: boolean
  readonly send: () => void
}

/** The message being written. It leaves when it is sent, and comes back if it could not be. */
export function useDraft(): Draft {
  const { sendMessage } = useChatActions()
  const [text, setText] = useState('')
  const [hasFailed, setHasFailed] = useState(false)
  const canSend = text.trim() !== ''

  function send(): void {
    if (!canSend) return
    setText('')
    setHasFailed(false)
    // A reply that fails does not reject, only a message that could not be sent at all.
    sendMessage(text).catch(() => {
      setText((newer) => (newer === '' ? text : `${text}\n${newer}`))
      setHasFailed(true)
    })
  }

  return { text, setText, canSend, hasFailed, send }
}
