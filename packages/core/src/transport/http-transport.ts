import type { Chunk } from '../chunk.ts'
import type { ChatError } from '../errors.ts'
import type { Provider } from '../providers/provider.ts'
import type { ChatRequest, DecoderOptions, WireFormat } from '../wire/wire-format.ts'

/** How long to wait, in milliseconds. Any bytes count as life, comments and pings too. */
export interface Timeouts {
  /** Until the response's headers. Default 15,000. */
  readonly connectMs?: number
  /** Without any byte, before the first token. Default 60,000. */
  readonly firstTokenMs?: number
  /** Without any byte, after the first token. Default 30,000. */
  readonly stallMs?: number
}

export interface RetryOptions {
  /** How often to ask again after a failure that may heal. Default 2; 0 for never. */
  readonly attempts?: number
}

/** What happens to a request besides its chunks. */
export type TransportProgress =
  | { readonly type: 'headers' }
  /** Nothing came for a while, though not yet too long; 0 once it goes on. */
  | { readonly type: 'stalled'; readonly forMs: number }
  /** The request failed before its first token and is sent again at `retryAt`, in epoch milliseconds. */
  | { readonly type: 'retry'; readonly retryAt: number; readonly attempt: number; readonly error: ChatError }

export interface TransportOptions extends DecoderOptions {
  readonly provider: Provider
  /** Where it is not the provider's own. */
  readonly wire?: WireFormat
  /** Where it is not the provider's own: an `http(s)` URL, or a path on the page's own origin. */
  readonly baseURL?: string
  readonly apiKey?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly fetch?: typeof globalThis.fetch
  readonly timeouts?: Timeouts
  readonly retry?: RetryOptions
  /** Ends the reply with finish reason `aborted`, at whatever moment. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: TransportProgress) => void
}

export declare function streamReply(request: ChatRequest, options: TransportOptions): AsyncIterable<Chunk>
