/** What can go wrong with a reply. Each code has a page in docs/errors. */
export type ChatErrorCode =
  | 'offline'
  | 'network'
  | 'cors'
  | 'unauthorized'
  | 'forbidden'
  | 'payment-required'
  | 'rate-limited'
  | 'overloaded'
  | 'model-not-found'
  | 'context-too-long'
  | 'content-blocked'
  | 'bad-request'
  | 'server-error'
  | 'connect-timeout'
  | 'first-token-timeout'
  | 'stalled'
  | 'incomplete'
  | 'not-a-stream'
  | 'malformed-event'
  | 'event-too-large'
  | 'provider-error'
  | 'tool-failed'
  | 'tool-loop'

const tryAgain = 'Try again.'
const goOn = 'Continue the reply.'
const checkAccount = 'Check the key and the account.'
const checkOptions = 'Check base URL and model.'

type Kind = readonly [code: ChatErrorCode, remedy: string, pattern?: RegExp]

/**
 * What to do, and how a provider's complaint is known. That is read as `<status> <code> <message>`, and the first kind
 * that fits counts. The provider's own words go before most statuses: the same 400 or 429 means several things.
 */
export const kinds: readonly Kind[] = [
  // Our own proxy names a reply that broke off as it is named here.
  ['incomplete', goOn, /^\S+ (incomplete|stalled) /],
  ['forbidden', checkAccount, /^403/],
  ['payment-required', checkAccount, /^402|(credit|insufficient).(quota|balance|funds|credit)/i],
  ['unauthorized', checkAccount, /^401|^(400|\D).*(api.?key|authentication)/is],
  ['rate-limited', tryAgain, /^429|rate.?limit|exhausted/i],
  [
    'context-too-long',
    'Shorten it.',
    /^413|(context|prompt).?(length|window|limit|size)|prompt.+too long|token count/i,
  ],
  ['content-blocked', 'Rephrase it.', /content.?(filter|policy)/i],
  ['overloaded', tryAgain, /^(409|503|529)|overloaded/i],
  ['model-not-found', checkOptions, /^404|model.+(not.?found|not exist)/i],
  ['connect-timeout', tryAgain, /^408/],
  ['server-error', tryAgain, /^5|(api|server|timeout)_error/],
  ['bad-request', checkOptions, /^4|invalid_/],
  ['not-a-stream', checkOptions, /^2/],
  ['offline', tryAgain],
  ['network', tryAgain],
  ['first-token-timeout', tryAgain],
  ['stalled', goOn],
  ['cors', 'Use a proxy.'],
  ['malformed-event', checkOptions],
  ['event-too-large', 'Raise maxEventLength.'],
]

// True before the first token and after it alike.
const meaning = 'What arrived is kept.'

export interface ChatErrorDetails {
  /** Replaces the first sentence of the message: what happened. */
  readonly what?: string | 0 | undefined
  /** HTTP status of the answer. */
  readonly status?: number | undefined
  readonly retryable?: boolean | undefined
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** The provider's own id of the request, for its support. */
  readonly requestId?: string | null | undefined
  readonly provider?: string | undefined
  /** The provider's own error code or type. */
  readonly providerCode?: string | undefined
  /** The first 200 characters of an answer that could not be read. It may hold text of the reply: never log it. */
  readonly excerpt?: string | undefined
  readonly cause?: unknown
}

/**
 * Why a reply failed. `message` says what happened, what it means for the reply and what to do, and names the page of
 * its code. It never holds a key or a prompt.
 */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  declare readonly code: ChatErrorCode
  /** Whether the same request may work later. */
  declare readonly retryable: boolean
  declare readonly status?: number
  declare readonly retryAfterMs?: number
  declare readonly requestId?: string
  declare readonly provider?: string
  declare readonly providerCode?: string
  declare readonly excerpt?: string

  constructor(code: ChatErrorCode, { what, cause, ...details }: ChatErrorDetails = {}) {
    const [, remedy = 'See the cause.'] = kinds.find(([kind]) => kind === code) ?? []
    // The codes are words: `It failed: rate limited.`
    const happened = what || `It failed: ${code.replaceAll('-', ' ')}.`
    super(`${happened} ${meaning} ${remedy} See docs/errors/${code}.md`, { cause })
    Object.assign(this, { code, retryable: remedy === tryAgain || remedy === goOn, ...details })
  }

  /** Lets `{error}` in JSX show the message: React renders what an iterable yields. */
  *[Symbol.iterator](): Generator<string> {
    yield this.message
  }
}

/** Whether it left a reply unfinished, rather than wrong. */
export function isCut(error: ChatError | undefined): boolean {
  return error?.code === 'incomplete' || error?.code === 'stalled'
}

/** A reply that broke off: for the reason that is known, or because its connection closed. */
export function brokenOff(cause: unknown): ChatError {
  return cause instanceof ChatError ? cause : new ChatError('incomplete', { cause })
}
