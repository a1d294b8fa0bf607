import { ChatError, type ChatErrorCode, type Message } from '@millrace/core'
import { firstSentence } from '../controls/first-sentence.ts'
import type { ChatStrings } from '../strings/strings.ts'

/** How a reply ended, as a reader should learn it. */
export type Ending =
  /** Nothing to add, or a word of it. */
  | { readonly kind: 'note'; readonly text: string; readonly action: 'continue' | undefined }
  /** Something is to be done. */
  | {
      readonly kind: 'cut' | 'failed'
      readonly title: string
      readonly hint: string
      /** What the provider itself said, where that is more than the code tells. */
      readonly words?: string | undefined
      readonly action: Remedy
      /** Not before, in epoch milliseconds. */
      readonly retryAt?: number | undefined
      /** When it failed, in epoch milliseconds. */
      readonly failedAt?: number | undefined
    }

/**
 * The one right thing to do: go on, ask again, ask again by itself once that makes sense (`wait`) or the network is back
 * (`reconnect`), look at the key, pay, ask another model, send less.
 */
export type Remedy = 'continue' | 'retry' | 'wait' | 'reconnect' | 'check-key' | 'pay' | 'switch-model' | 'shorten'

// Of all others another attempt is the cure, or as good as any.
const remedies: Readonly<Partial<Record<ChatErrorCode, Remedy>>> = {
  unauthorized: 'check-key',
  forbidden: 'check-key',
  'payment-required': 'pay',
  'rate-limited': 'wait',
  overloaded: 'switch-model',
  'model-not-found': 'switch-model',
  'context-too-long': 'shorten',
  offline: 'reconnect',
}

/** Nothing for a reply that is on its way, and for one that ended as it should. */
export function describeEnding(message: Message, strings: ChatStrings): Ending | undefined {
  if (message.status !== 'done') return undefined
  switch (message.finishReason) {
    case 'error':
      return describeFailure(message, strings)
    case 'incomplete':
      // Of nothing, nothing can be gone on with.
      return { kind: 'cut', ...cutWords(message, strings), action: message.content ? 'continue' : 'retry' }
    case 'length':
      return note(strings.lengthReached, message)
    case 'aborted':
      return note(strings.stopped, message)
    case 'content-filter':
      return note(strings.contentFiltered)
    case 'unknown':
      return note(strings.endUnknown)
    case 'stop':
      return message.parts.length === 0 ? note(strings.emptyAnswer) : undefined
    case 'tool-calls':
    case undefined:
      return undefined
  }
}

/** The title of the card that tells of this error. */
export function titleOf(message: Message, strings: ChatStrings): string | undefined {
  const ending = describeEnding(message, strings)
  return ending && ending.kind !== 'note' ? ending.title : undefined
}

function describeFailure({ error, timing, createdAt }: Message, strings: ChatStrings): Ending {
  const code = error?.code ?? 'provider-error'
  const failedAt = timing?.endedAt ?? createdAt
  const waitMs = error?.retryAfterMs
  return {
    kind: 'failed',
    ...strings.errors[code],
    words: error && wordsOf(error, strings),
    action: remedies[code] ?? 'retry',
    retryAt: waitMs === undefined ? undefined : failedAt + waitMs,
    failedAt,
  }
}

/** A cut is a cut, whatever made it; the sentence below may say more. */
function cutWords({ error }: Message, strings: ChatStrings) {
  const hint = error && error.code !== 'incomplete' ? strings.errors[error.code].hint : strings.cutOff.hint
  return { title: strings.cutOff.title, hint }
}

/** How an error begins that repeats what a provider said. It is cut where that has more sentences. */
const repeats = /^The provider says "(.*?)(?:"\.)?$/s

/** The first sentence of the error, unless it is the one that every error of its code begins with. */
function wordsOf(error: ChatError, strings: ChatStrings): string | undefined {
  const words = firstSentence(error.message)
  if (words === firstSentence(new ChatError(error.code).message)) return undefined
  return words.replace(repeats, (_, said: string) => strings.providerSays(said))
}

/** @param unfinished What there is more to say of. */
function note(text: string, unfinished?: Message): Ending {
  return { kind: 'note', text, action: unfinished?.content ? 'continue' : undefined }
}
