import { secretsOf } from './redact.ts'

/** The body of a chat request, read. */
export type ChatBody = Readonly<Record<string, unknown>>

/** Who answers. It is named here alone: nothing in a request can choose another. */
export interface UpstreamOptions {
  /** Up to and without `/chat/completions`: `https://api.openai.com/v1`. */
  readonly baseURL: string
  /** Sent as a bearer token. Leave it out for a server that asks for none. */
  readonly apiKey?: string | undefined
  /** Sent with every request, in place of what the proxy would send under that name. */
  readonly headers?: Readonly<Record<string, string>>
}

/** How long to wait for the upstream, in milliseconds. */
export interface ProxyTimeouts {
  /** Until its response headers; an answer that is not streamed sends them when it is whole. Default 120,000. */
  readonly connectMs?: number
  /** Without any byte, while the client is reading. Default 120,000. */
  readonly idleMs?: number
}

export interface ProxyOptions {
  readonly upstream: UpstreamOptions
  readonly fetch?: typeof globalThis.fetch
  /** Largest request body, in bytes; images in a message count. Default 10 MiB. */
  readonly maxBodyBytes?: number
  readonly timeouts?: ProxyTimeouts
  /** The only models that may be asked for and are listed. Default: whichever the upstream has. */
  readonly models?: readonly string[]
  /**
   * Whether an event stream that closes with neither a finish reason nor `[DONE]` counts as cut off. `false` for
   * servers that send neither. Default `true`.
   */
  readonly requireFinishReason?: boolean
  /** Sees each chat request before it is sent on: returns the body to send, or an answer of its own. */
  readonly onRequest?: (body: ChatBody, request: Request) => ChatBody | Response | Promise<ChatBody | Response>
}

/** The options, checked, with every default in place. */
export interface Settings {
  readonly baseURL: URL
  readonly headers: Headers
  /** What must never reach a client. */
  readonly secrets: readonly string[]
  readonly fetch: typeof globalThis.fetch
  readonly maxBodyBytes: number
  readonly connectMs: number
  readonly idleMs: number
  readonly models: ReadonlySet<string> | undefined
  readonly requireFinishReason: boolean
  readonly onRequest: ProxyOptions['onRequest']
}

/** @throws {TypeError} for options that could never work. It names the option and never its value. */
export function readOptions(options: ProxyOptions): Settings {
  const { upstream, fetch, maxBodyBytes, timeouts, models, requireFinishReason = true, onRequest } = options
  const headers = readHeaders(upstream)
  return {
    baseURL: readBaseURL(upstream.baseURL),
    headers,
    secrets: secretsOf(headers),
    // Looked up at each call, so that a fetch replaced later (by a tracer, by a test) is the one used.
    fetch: fetch ?? ((...args) => globalThis.fetch(...args)),
    maxBodyBytes: readPositive('maxBodyBytes', maxBodyBytes, 10 * 1024 * 1024),
    connectMs: readPositive('timeouts.connectMs', timeouts?.connectMs, 120_000),
    idleMs: readPositive('timeouts.idleMs', timeouts?.idleMs, 120_000),
    models: models && new Set(models),
    requireFinishReason,
    onRequest,
  }
}

function readBaseURL(baseURL: string): URL {
  const url = typeof baseURL === 'string' && URL.canParse(baseURL) ? new URL(baseURL) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('upstream.baseURL must be a whole http(s) URL, like https://api.openai.com/v1.')
  }
  if (url.username || url.password)
    throw new TypeError('upstream.baseURL may not hold a password: use upstream.apiKey.')
  return url
}

function readHeaders({ apiKey, headers }: UpstreamOptions): Headers {
  // A key read from a file often ends in a line break, and then no request would ever work.
  if (apiKey !== undefined && !/^[\x21-\x7e]*$/.test(apiKey)) {
    throw new TypeError('upstream.apiKey holds a space, a line break or another character that no key has.')
  }
  const result = new Headers()
  if (apiKey) result.set('authorization', `Bearer ${apiKey}`)
  for (const [name, value] of Object.entries(headers ?? {})) {
    try {
      result.set(name, value)
    } catch {
      throw new TypeError(`upstream.headers holds a name or a value that is not allowed: ${JSON.stringify(name)}.`)
    }
  }
  return result
}

function readPositive(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback
  if (!(value > 0)) throw new TypeError(`${name} must be a positive number.`)
  return value
}
