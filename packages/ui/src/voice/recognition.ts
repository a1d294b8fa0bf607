/** The part of the browser's speech recognition that is used here; the compiler does not know it. */
export interface Recognition {
  lang: string
  continuous: boolean
  interimResults: boolean
  onresult: ((event: RecognitionEvent) => void) | null
  onerror: ((event: { readonly error: string }) => void) | null
  onend: (() => void) | null
  start(): void
  /** Takes what was said so far. */
  stop(): void
  /** Takes nothing more. */
  abort(): void
}

export interface RecognitionEvent {
  /** The first result that is new or has changed. */
  readonly resultIndex: number
  /** Of everything since the start: each one an utterance, the best guess first. */
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>
}

type RecognitionClass = new () => Recognition

/** What the browser has, if it has it. Chrome and Safari have it under their old name. */
export function recognitionClass(): RecognitionClass | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
    SpeechRecognition?: RecognitionClass
    webkitSpeechRecognition?: RecognitionClass
  }
  return SpeechRecognition ?? webkitSpeechRecognition
}

/** The language as the reader's browser names it, with a country; some services want one. */
export function spokenLanguage(locale: 'en' | 'vi'): string {
  const preferred = globalThis.navigator?.languages?.find((language) => language.startsWith(`${locale}-`))
  return preferred ?? (locale === 'vi' ? 'vi-VN' : 'en-US')
}
