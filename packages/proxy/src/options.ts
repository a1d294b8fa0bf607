import type { Authenticate, Identity } from './auth/identity.ts'
import type { CorsOptions } from './cors.ts'
import type { Limits } from './limits/limits.ts'
import type { StreamLog } from './log/stream-log.ts'
import type { Observe } from './observe/record.ts'
import type { RequestPolicy } from './policy/policy.ts'

/** The body of a chat request, read. */
export type ChatBody = Readonly<Record<string, unknown>>

/** Who answers. It is named here alone: nothing in a request can choose another. */
export interface UpstreamOptions {
  /** Up to and without `/chat/completions`: `https://api.openai.com/v1`. */
  readonly baseURL: string
  /** Sent as a bearer token; of several each in turn, those that are refused last. Leave it out for a server that asks for none. */
  readonly apiKey?: string | readonly string[] | undefined
  /** Sent with every request, in place of what the proxy would send under that name. */
  readonly headers?: Readonly<Record<string, string>>
  /** What models are called there, where that is not what clients call them: `{ 'gpt-4.1': 'openai/gpt-4.1' }`. */
  readonly modelNames?: Readonly<Record<string, string>>
  /** What it is called in records; default its place, `upstream` or `fallback-1`. Addresses stay out of them. */
  readonly name?: string
}

/** How long to wait, in milliseconds. */
export interface ProxyTimeouts {
  /** For the whole of a client's request body. Default 30,000. */
  readonly bodyMs?: number
  /** For the upstream's response headers. Default 120,000. */
  readonly connectMs?: number
  /** For the first event of a stream. Default 120,000. */
  readonly firstMs?: number
  /** Without any byte, while the client is reading. Default 120,000. */
  readonly idleMs?: number
  /** For a whole reply. Default 900,000, which is a quarter of an hour. */
  readonly totalMs?: number
}

/** What one million tokens cost, in US dollars. */
export interface TokenPrice {
  readonly input: number
  readonly output: number
  /** Input that was cached; default as `input`. */
  readonly cachedInput?: number
}

export interface ProxyOptions {
  readonly upstream: UpstreamOptions
  /** Who is asked next where the upstream cannot be reached, fails or is overloaded, as long as nothing of a reply has come. */
  readonly fallbacks?: readonly UpstreamOptions[]
  /** How often each upstream is asked again before the next one is. Default 1. */
  readonly retries?: number
  readonly fetch?: typeof globalThis.fetch
  /**
   * Says who asks: see `tokenAuth`, `jwtAuth` of `@millrace/proxy/jwt`, and `openToAll` for what stands behind another
   * guard. Without it the proxy answers this machine alone.
   */
  readonly authenticate?: Authenticate
  /** How many proxies of one's own stand in front, each adding to `x-forwarded-for`: for limits by address. Default 0. */
  readonly proxiesInFront?: number
  /** The origins whose pages may read answers. Default: none but the proxy's own. */
  readonly cors?: CorsOptions
  /** How much each user may ask: see `@millrace/proxy/limits`. */
  readonly limits?: Limits
  /** What a request may say. */
  readonly policy?: RequestPolicy
  /** Largest request body, in bytes; images in a message count. Default 10 MiB. */
  readonly maxBodyBytes?: number
  readonly timeouts?: ProxyTimeouts
  /** The only models that may be asked for and are listed. Default: whichever the upstream has. */
  readonly models?: readonly string[]
  /** The model of requests that name none. */
  readonly defaultModel?: string
  /**
   * Whether an event stream that closes with neither a finish reason nor `[DONE]` counts as cut off. `false` for
   * servers that send neither. Default `true`.
   */
  readonly requireFinishReason?: boolean
  /** Whether streams are asked for their usage, for limits and costs. What a client did not ask for it is not sent. Default `true`. */
  readonly includeUsage?: boolean
  /** By model. Default: costs are not known. */
  readonly prices?: Readonly<Record<string, TokenPrice>>
  /** Sees each chat request before it is sent on: returns the body to send, or an answer of its own. */
  readonly onRequest?: (
    body: ChatBody,
    request: Request,
    identity: Identity,
  ) => ChatBody | Response | Promise<ChatBody | Response>
  /** Sees each event of a stream, read as JSON: returns what to send in its place, or nothing to leave it out. */
  readonly onEvent?: (event: unknown, identity: Identity) => unknown
  /** Whether `GET /metrics` answers. It asks who you are, as the others do. Default `false`. */
  readonly metrics?: boolean
  /** Hears of each request, and how it ended: `jsonLines`, `openTelemetry` of `@millrace/proxy/otel`, or your own. */
  readonly observe?: readonly Observe[]
  /** Where streams are kept so that they can be resumed. Default: in memory. `false` keeps none. */
  readonly log?: StreamLog | false
  /** After how much silence a stream says that it lives, in milliseconds. Default 15,000. */
  readonly heartbeatMs?: number
  /** How long a kept stream goes on without readers, in milliseconds. Default 60,000. */
  readonly detachGraceMs?: number
  /** How long a refusal of the upstream is waited for before a stream begins, in milliseconds. Default 500. */
  readonly headersAfterMs?: number
}
