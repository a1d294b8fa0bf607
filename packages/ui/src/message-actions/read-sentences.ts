/** Something that is being read aloud. */
export interface Reading {
  stop(): void
}

export interface ReadingOptions {
  /** As in `lang` of HTML. Empty for the page's. */
  readonly lang: string
  /** Whether there is a pause after a sentence. */
  readonly pausesAfter: (sentence: string) => boolean
  /** Called once, at the end or when it is stopped. */
  readonly onEnd: () => void
}

const pauseMs = 700

let current: Reading | undefined

/** Reads sentences with the voice of the browser, one by one: Chromium loses what takes it longer than 15 s. What was read before stops. */
export function readAloud(sentences: readonly string[], { lang, pausesAfter, onEnd }: ReadingOptions): Reading {
  const { speechSynthesis } = window
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  current?.stop()

  function speak(index: number): void {
    const sentence = sentences[index]
    if (isOver || sentence === undefined) return end()
    const utterance = new SpeechSynthesisUtterance(sentence)
    utterance.lang = lang
    utterance.voice = voiceFor(lang)
    utterance.onend = () => {
      timer = setTimeout(() => speak(index + 1), pausesAfter(sentence) ? pauseMs : 0)
    }
    utterance.onerror = end
    speechSynthesis.speak(utterance)
  }

  function end(): void {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    if (current === reading) current = undefined
    onEnd()
  }

  const reading: Reading = {
    stop() {
      if (isOver) return
      end()
      speechSynthesis.cancel()
    },
  }
  current = reading
  speak(0)
  return reading
}

/** A voice of that language, one of this machine rather than one that is sent the text. */
function voiceFor(lang: string): SpeechSynthesisVoice | null {
  const [language = ''] = lang.toLowerCase().split('-')
  const fitting = speechSynthesis.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(language))
  return language === '' ? null : (fitting.find(({ localService }) => localService) ?? fitting[0] ?? null)
}
