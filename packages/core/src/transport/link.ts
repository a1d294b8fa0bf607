import type { Chunk } from '../chunk.ts'
import type { ChatError } from '../errors.ts'
import type { WireDecoder, WireFormat } from '../wire/wire-format.ts'
import type { Answer } from './ask.ts'
import type { TransportOptions } from './options.ts'

/** What came, network piece by network piece. */
export type Pieces = AsyncIterable<readonly Chunk[]> | Iterable<readonly Chunk[]>

/** One request, and how its answers are read. */
export interface Link {
  readonly wire: WireFormat
  /** Without a slash at its end. */
  readonly baseURL: string
  /** Those of the request, the key's among them. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * Sends the request, or what is given instead. The connection before it is closed.
   * @returns why nothing came of it, which may be an abort; never rejects.
   */
  connect(init?: RequestInit, url?: string): Promise<Answer | ChatError>
  /** What an answer says. Where its body does not come to an end of itself, that is what the decoder's `end` says. */
  read(answer: Answer | ChatError, decoder: WireDecoder): Pieces
}

/** Reads a reply by as many connections as it takes; the last chunk is a `message-end`. There is one: `resumable()`. */
export type Resume = (link: Link, options: TransportOptions) => Pieces
