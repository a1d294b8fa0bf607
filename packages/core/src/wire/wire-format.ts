import type { Chunk } from '../chunk.ts'
import type { Message } from '../message.ts'
import type { ServerSentEvent } from '../sse/decode-sse.ts'

/** What a reply is asked for with. */
export interface ChatRequest {
  /** The active path of the thread, oldest first. */
  readonly messages: readonly Message[]
  /** The provider's own name of the model. */
  readonly model: string
  /** Instructions put before the messages. */
  readonly system?: string | undefined
  readonly tools?: readonly ToolDefinition[]
  /**
   * The last message is a reply that broke off, and the answer goes on in it. Where the provider takes no beginning of a
   * reply it is asked to go on, in these words if they are given. What it says again is taken out of the stream.
   */
  readonly continueLast?: boolean | string | undefined
  /** Merged over the body that the wire format writes; a key set to `undefined` is left out. */
  readonly body?: Readonly<Record<string, unknown>>
  /** Sent along; every header beyond the usual ones may fail a browser's preflight. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** A tool as the model is told of it. `parameters` is a JSON Schema. */
export interface ToolDefinition {
  readonly name: string
  readonly description?: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** Where a request goes and who asks. */
export interface RequestTarget {
  /** Without a slash at its end. */
  readonly baseURL: string
  readonly apiKey?: string | undefined
}

export interface WireRequest {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: Record<string, unknown>
}

export interface DecoderOptions {
  /**
   * Whether a stream that closes without a finish reason and without its terminator counts as `incomplete`; where
   * not, as `unknown`. For servers that send neither. Default: what the format says, `true` for all but `text`.
   */
  readonly requireFinishReason?: boolean
  /** Longest unfinished event that is kept, in UTF-16 code units. Default 16 Mi. */
  readonly maxEventLength?: number
}

/**
 * Turns the bytes of one reply into chunks. The bytes may be cut anywhere. Never throws for what the stream says:
 * that ends in an `error` chunk and a `message-end`, after which nothing more comes.
 */
export interface WireDecoder {
  push(bytes: Uint8Array): Chunk[]
  /**
   * The body is over. With `lost` the connection broke instead, and an event that is half there is not trusted.
   */
  end(lost?: { readonly cause: unknown }): Chunk[]
  /**
   * The bytes of another body follow, which goes on with the reply. What is there of an unfinished event is dropped.
   * Formats without event ids leave this out.
   * @param accept Gets each event of that body before it is read; what it turns down is not.
   */
  restart?(accept: (event: ServerSentEvent) => boolean): void
}

/** How a provider spells requests and chunks. */
export interface WireFormat {
  readonly name: string
  request(request: ChatRequest, target: RequestTarget): WireRequest
  createDecoder(options?: DecoderOptions): WireDecoder
}

export type WireFormatName =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic'
  | 'gemini'
  | 'ollama'
  | 'ui-message-stream'
  | 'text'
