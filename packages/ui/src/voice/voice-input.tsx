'use client'

import { useChatStore } from '@millrace/hooks'
import { Mic } from 'lucide'
import { type KeyboardEvent, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useComposer } from '../composer/composer-context.ts'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { type VoiceStrings, voiceWords } from '../strings/parts/voice.ts'
import { LanguageContext, useWords } from '../strings/use-words.ts'
import { createDictation } from './dictation.ts'
import { type Recognition, recognitionClass, spokenLanguage } from './recognition.ts'

export interface VoiceInputProps {
  /** What is spoken, as BCP 47. Default: the language of the `StringsProvider`, as the reader's browser has it. */
  readonly lang?: string | undefined
}

type VoiceError = keyof VoiceStrings['voiceErrors']

/**
 * Inside a `Composer`: a button that writes what is said at the cursor, guesses included. It ends with another press, with
 * Escape, when the message is sent or another chat is shown. It is not there where the browser cannot do it. Some browsers
 * send what is said to their maker.
 */
export function VoiceInput({ lang }: VoiceInputProps) {
  const isSupported = useSyncExternalStore(subscribeToNothing, isRecognitionThere, () => false)
  return isSupported ? <VoiceButton lang={lang} /> : null
}

function VoiceButton({ lang }: VoiceInputProps) {
  const strings = useWords(voiceWords)
  const { locale } = useContext(LanguageContext)
  const store = useChatStore()
  const { areaRef, beforeKey, beforeSend } = useComposer()
  const [isListening, setIsListening] = useState(false)
  const [error, setError] = useState<VoiceError>()
  const running = useRef<Recognition>(undefined)

  function start(): void {
    const Recognition = recognitionClass()
    if (!Recognition || !areaRef.current) return
    const recognition = new Recognition()
    recognition.lang = lang ?? spokenLanguage(locale)
    recognition.continuous = true
    recognition.interimResults = true
    recognition.onresult = createDictation(areaRef.current)
    recognition.onerror = ({ error: code }) => setError(toVoiceError(code))
    recognition.onend = end
    setError(undefined)
    try {
      recognition.start()
      running.current = recognition
      setIsListening(true)
    } catch {
      setError('other')
    }
  }

  function end(): void {
    running.current = undefined
    setIsListening(false)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said goes into no other chat.
  useEffect(() => {
    const leave = () => {
      setError(undefined)
      const recognition = running.current
      if (!recognition) return
      // What comes after this belongs to nothing.
      recognition.onresult = recognition.onerror = recognition.onend = null
      recognition.abort()
      end()
    }
    const leaveAndSend = () => {
      leave()
      return true
    }
    const stopByEscape = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !running.current) return false
      running.current.stop()
      return true
    }
    const stopAsking = [beforeSend(leaveAndSend), beforeKey(stopByEscape)]
    return () => {
      for (const stop of stopAsking) stop()
      leave()
    }
  }, [beforeSend, beforeKey, store])

  return (
    <>
      <IconButton
        className="mr-voice"
        label={strings.dictate}
        aria-pressed={isListening}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (isListening ? running.current?.stop() : start())}
      >
        <Icon of={Mic} />
      </IconButton>
      <span className="mr-voice-status" role="status">
        {isListening && strings.listening}
      </span>
      {error && (
        <p className="mr-voice-error" role="alert">
          {strings.voiceErrors[error]}
        </p>
      )}
    </>
  )
}

function toVoiceError(code: string): VoiceError | undefined {
  if (code === 'aborted') return undefined
  if (code === 'service-not-allowed') return 'not-allowed'
  return code in voiceWords.en.voiceErrors ? (code as VoiceError) : 'other'
}

const subscribeToNothing = () => () => {}
const isRecognitionThere = () => recognitionClass() !== undefined
