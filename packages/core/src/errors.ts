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

// What to do, and what happened where nobody else says it.
type Explanations = Readonly<Partial<Record<ChatErrorCode, readonly [remedy: string, happened?: string]>>>

const tryAgain = 'Try again.'
const checkAccount = 'Check the key and the account.'
const checkOptions = 'Check the base URL and the model.'

/** The same request may work later. */
const passing: Explanations = {
  offline: [tryAgain, 'This device is offline.'],
  network: [checkOptions, 'The server is not reachable.'],
  'rate-limited': [tryAgain],
  overloaded: [tryAgain],
  'server-error': [tryAgain],
  'connect-timeout': [tryAgain],
  'first-token-timeout': [tryAgain],
  stalled: ['Continue the reply. Is a proxy buffering?'],
  incomplete: ['Continue the reply.', 'The connection closed early.'],
}

/** The same request will fail again. */
const lasting: Explanations = {
  cors: ['Use a proxy on your origin.', 'The browser may not read this server.'],
  unauthorized: [checkAccount],
  forbidden: [checkAccount],
  'payment-required': [checkAccount],
  'model-not-found': [checkOptions],
  'context-too-long': ['Shorten the thread.'],
  'content-blocked': ['Rephrase the message.'],
  'bad-request': [checkOptions],
  'not-a-stream': [checkOptions, 'The answer was not a reply.'],
  'malformed-event': [checkOptions, 'An event cannot be read.'],
  'event-too-large': ['Raise maxEventLength.', 'An event was too large.'],
}

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
  readonly code: ChatErrorCode
  /** Whether the same request may work later. */
  readonly retryable: boolean
  declare readonly status?: number
  declare readonly retryAfterMs?: number
  declare readonly requestId?: string
  declare readonly provider?: string
  declare readonly providerCode?: string
  declare readonly excerpt?: string

  constructor(code: ChatErrorCode, { what, cause, ...details }: ChatErrorDetails = {}) {
    const [remedy, happened = `Failed: ${code}.`] = passing[code] ?? lasting[code] ?? [tryAgain]
    super(`${what || happened} ${meaning} ${remedy} See docs/errors/${code}.md`, { cause })
    this.code = code
    this.retryable = code in passing
    Object.assign(this, details)
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
