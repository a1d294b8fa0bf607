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

type Explanations = Readonly<Partial<Record<ChatErrorCode, readonly [happened: string, remedy: string]>>>

/** The same request may work later. */
const passing: Explanations = {
  offline: ['This device is offline.', 'Reconnect and try again.'],
  network: ['The server cannot be reached.', 'Check the base URL and the connection.'],
  'rate-limited': ['There were too many requests.', 'Wait, then try again.'],
  overloaded: ['The model is overloaded.', 'Try again, or choose another model.'],
  'server-error': ['The provider failed.', 'Try again.'],
  'connect-timeout': ['The server did not answer in time.', 'Try again, or raise timeouts.connectMs.'],
  'first-token-timeout': ['The model said nothing in time.', 'Try again, or raise timeouts.firstTokenMs.'],
  stalled: ['The stream went silent.', 'Continue the reply, or turn off buffering in the proxy.'],
  incomplete: ['The connection closed before the reply had ended.', 'Continue the reply.'],
}

/** The same request will fail again. */
const lasting: Explanations = {
  cors: ['The browser may not read this server.', 'Use a proxy on your own origin.'],
  unauthorized: ['The API key was not accepted.', 'Check the key and the base URL.'],
  forbidden: ['The API key may not do that.', 'Check what the account is allowed.'],
  'payment-required': ['The account is out of credit.', 'Add credit.'],
  'model-not-found': ['There is no such model.', 'Check the model and the base URL.'],
  'context-too-long': ['The thread is too long for the model.', 'Shorten it, or choose another model.'],
  'content-blocked': ['The provider blocked the content.', 'Rephrase the message.'],
  'bad-request': ['The request was not accepted.', 'Check the model and the options.'],
  'not-a-stream': ['The answer was not a reply.', 'Check the base URL and the wire format.'],
  'malformed-event': ['An event cannot be read.', 'Check the wire format.'],
  'event-too-large': ['An event was over the size limit.', 'Raise maxEventLength if that is right.'],
  'provider-error': ['The provider reported an error.', 'Try again.'],
  'tool-failed': ['A tool failed.', 'See the cause.'],
  'tool-loop': ['The model kept calling tools.', 'Raise maxSteps if that is right.'],
}

// True before the first token and after it alike.
const meaning = 'The reply is unfinished; what had arrived is kept.'

export interface ChatErrorDetails {
  /** Replaces the first sentence of the message: what happened. */
  readonly what?: string | undefined
  /** HTTP status of the answer. */
  readonly status?: number | undefined
  readonly retryable?: boolean | undefined
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** The provider's own id of the request, for its support. */
  readonly requestId?: string | undefined
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
    const [happened, remedy] = passing[code] ?? lasting[code] ?? []
    super(`${what ?? happened} ${meaning} ${remedy} See docs/errors/${code}.md`, { cause })
    this.code = code
    this.retryable = code in passing
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
