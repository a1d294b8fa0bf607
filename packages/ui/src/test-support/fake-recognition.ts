import type { Recognition } from '../voice/recognition.ts'

/** A speech recognition that hears what it is told. The latest one is `FakeRecognition.latest`. */
export class FakeRecognition implements Recognition {
  static latest: FakeRecognition | undefined

  lang = ''
  continuous = false
  interimResults = false
  onresult: Recognition['onresult'] = null
  onerror: Recognition['onerror'] = null
  onend: Recognition['onend'] = null
  state: 'new' | 'listening' | 'ended' = 'new'
  #utterances: string[] = []

  constructor() {
    FakeRecognition.latest = this
  }

  start(): void {
    this.state = 'listening'
  }

  /** Another guess at the utterance that is being said, or the first at a new one. */
  hear(transcript: string, { isNew = false } = {}): void {
    const resultIndex = isNew ? this.#utterances.length : Math.max(0, this.#utterances.length - 1)
    this.#utterances[resultIndex] = transcript
    this.onresult?.({ resultIndex, results: this.#utterances.map((each) => [{ transcript: each }]) })
  }

  fail(error: string): void {
    this.onerror?.({ error })
    this.stop()
  }

  stop(): void {
    this.state = 'ended'
    this.onend?.()
  }

  abort(): void {
    this.state = 'ended'
    this.onerror?.({ error: 'aborted' })
    this.onend?.()
  }
}
