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

// What happened, what to do, and whether the same request may work later.
const explanations: Readonly<Record<ChatErrorCode, readonly [string, string, boolean]>> = {
  offline: ['This device is offline.', 'Try again once it is connected.', true],
  network: ['The server could not be reached.', 'Check the base URL and the connection, then try again.', true],
  cors: ['The browser may not read this server.', 'Send the request through a proxy on your own origin.', false],
  unauthorized: ['The API key was not accepted.', 'Check the key, and the base URL it belongs to.', false],
  forbidden: ['This API key may not do that.', 'Check what the key and the account are allowed to use.', false],
  'payment-required': ['The account is out of credit.', 'Add credit with the provider.', false],
  'rate-limited': ['There were too many requests.', 'Wait a moment, then try again.', true],
  overloaded: ['The model is overloaded.', 'Try again soon, or choose another model.', true],
  'model-not-found': ['There is no such model or address.', 'Check the model name and the base URL.', false],
  'context-too-long': ['The thread is too long for the model.', 'Shorten it, or choose another model.', false],
  'content-blocked': ['The provider blocked the content.', 'Rephrase the message.', false],
  'bad-request': ['The provider did not accept the request.', 'Check the model and the options sent.', false],
  'server-error': ['The provider failed.', 'Try again.', true],
  'connect-timeout': ['The server did not answer in time.', 'Try again, or raise timeouts.connectMs.', true],
  'first-token-timeout': ['The model said nothing in time.', 'Try again, or raise timeouts.firstTokenMs.', true],
  stalled: ['The stream went silent.', 'Continue the reply, or turn off buffering in the proxy between.', true],
  incomplete: ['The connection closed before the model had finished.', 'Continue the reply.', true],
  'not-a-stream': ['The server sent something other than a reply.', 'Check the base URL and the wire format.', false],
  'malformed-event': ['The stream held an event that cannot be read.', 'Check the wire format.', false],
  'event-too-large': ['One event was over the size limit.', 'Raise maxEventLength if that is right.', false],
  'provider-error': ['The provider reported an error.', 'Try again.', false],
  'tool-failed': ['A tool failed.', 'See the cause.', false],
  'tool-loop': ['The model kept calling tools.', 'Raise maxSteps if that is right.', false],
}

// True before the first token and after it alike.
const meaning = 'The reply is unfinished; your message and what had arrived are kept.'

export interface ChatErrorDetails {
  /** Replaces the first sentence of the message: what happened. */
  readonly what?: string
  /** HTTP status of the answer. */
  readonly status?: number
  readonly retryable?: boolean
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number
  /** The provider's own id of the request, for its support. */
  readonly requestId?: string
  readonly provider?: string
  /** The provider's own error code or type. */
  readonly providerCode?: string
  /** The first 200 characters of an answer that could not be read. It may hold text of the reply: never log it. */
  readonly excerpt?: string
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
    const [happened, remedy, retryable] = explanations[code]
    super(`${what ?? happened} ${meaning} ${remedy} See docs/errors/${code}.md`, { cause })
    this.code = code
    this.retryable = retryable
    Object.assign(this, details)
  }

  /** Lets `{error}` in JSX show the message: React renders what an iterable yields. */
  [Symbol.iterator](): Iterator<string> {
    return [this.message][Symbol.iterator]()
  }
}

/** A reply that broke off: for the reason that is known, or because its connection closed. */
export function brokenOff(cause: unknown): ChatError {
  return cause instanceof ChatError ? cause : new ChatError('incomplete', { cause })
}
