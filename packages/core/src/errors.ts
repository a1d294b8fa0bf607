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

type Kind = readonly [code: ChatErrorCode, remedy: string, happened?: string, pattern?: RegExp]

/**
 * What to do, what happened where nobody else says it, and how a provider's complaint is known. That is read as
 * `<status> <code> <message>`, and the first kind that fits counts. The provider's own words go before most statuses:
 * the same 400 or 429 means several different things.
 */
export const kinds: readonly Kind[] = [
  // Our own proxy names a reply that broke off as it is named here.
  ['incomplete', goOn, 'The connection closed early.', /^\S+ (incomplete|stalled) /],
  ['forbidden', checkAccount, '', /^403|permission_error/],
  ['payment-required', checkAccount, '', /^402|^(?!401).*(insufficient|billing_error)/is],
  ['unauthorized', checkAccount, '', /^401|api.?key|authentication/i],
  ['rate-limited', tryAgain, '', /^429|rate.?limit|exhausted/i],
  ['context-too-long', 'Shorten it.', '', /^413|context.?(length|window)|too long|maximum.+tokens/i],
  ['content-blocked', 'Rephrase the message.', '', /content.?(filter|policy)/i],
  ['overloaded', tryAgain, '', /^(409|503|529)|overloaded/i],
  ['model-not-found', checkOptions, '', /^404|not_found_error|model.+(not.?found|not exist)/i],
  ['connect-timeout', tryAgain, '', /^408/],
  ['server-error', tryAgain, '', /^5|(api|server|timeout)_error/],
  ['bad-request', checkOptions, '', /^4|invalid_/],
  ['not-a-stream', checkOptions, 'The answer is no reply.', /^2/],
  ['offline', tryAgain, 'You are offline.'],
  ['network', tryAgain, 'The server is not reachable.'],
  ['first-token-timeout', tryAgain],
  ['stalled', goOn],
  ['cors', 'Use a proxy.', 'The browser blocked it.'],
  ['malformed-event', checkOptions, 'An event cannot be read.'],
  ['event-too-large', 'Raise maxEventLength.', 'An event is too large.'],
]

// True before the first token and after it alike.
const meaning = 'The reply is unfinished; what arrived is kept.'

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
    const [, remedy = 'See the cause.', happened] = kinds.find(([kind]) => kind === code) ?? []
    super(`${what || happened || `Failed: ${code}.`} ${meaning} ${remedy} See docs/errors/${code}.md`, { cause })
    Object.assign(this, { code, retryable: remedy === tryAgain || remedy === goOn, ...details })
  }

  /** Lets `{error}` in JSX show the message: React renders what an iterable yields. */
  *[Symbol.iterator](): Generator<string> {
    yield this.message
  }
}

/** A reply that broke off: for the reason that is known, or because its connection closed. */
export function brokenOff(cause: unknown): ChatError {
  return cause instanceof ChatError ? cause : new ChatError('incomplete', { cause })
}
