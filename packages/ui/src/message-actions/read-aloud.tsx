'use client'

import type { Message } from '@millrace/core'
import { CircleStop, Volume2 } from 'lucide'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { languageOf } from '../message-view/language-of.ts'
import { actionWords } from '../strings/parts/actions.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'
import { createSpeech } from '../thread/speech.ts'
import { type Reading, readAloud } from './read-sentences.ts'

export interface ReadAloudProps {
  readonly message: Message
}

/**
 * Reads a message aloud with the browser's voice, in the language of the message; again to stop. Code is named, and followed by
 * a pause, not read. Nothing where the browser has no voice. For the `actions` of a `Chat`.
 */
export function ReadAloud({ message }: ReadAloudProps) {
  const words = useWords(actionWords)
  const { announceCode } = useStrings()
  const [isReading, setIsReading] = useState(false)
  const reading = useRef<Reading>(undefined)
  const hasVoice = useSyncExternalStore(never, hasSpeech, () => false)

  useEffect(() => () => reading.current?.stop(), [])
  if (!hasVoice || message.content === '') return null

  function toggle(): void {
    if (isReading) return reading.current?.stop()
    const names = new Set<string>()
    const speech = createSpeech((language) => {
      const name = announceCode(language)
      names.add(name)
      return name
    })
    const sentences = speech.read(message.content, true)
    setIsReading(true)
    reading.current = readAloud(sentences, {
      lang: languageOf(message) ?? document.documentElement.lang,
      pausesAfter: (sentence) => names.has(sentence),
      onEnd: () => setIsReading(false),
    })
  }

  return (
    <IconButton
      label={isReading ? words.stopReading : words.readAloud}
      aria-keyshortcuts="s"
      data-reading={isReading || undefined}
      onClick={toggle}
    >
      <Icon of={isReading ? CircleStop : Volume2} />
    </IconButton>
  )
}

const never = () => () => {}
const hasSpeech = () => 'speechSynthesis' in window
