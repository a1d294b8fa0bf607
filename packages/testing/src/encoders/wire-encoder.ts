import type { Chunk, WireFormatName } from '@millrace/core'

/** The chunk of that type. */
export type ChunkOf<Type extends Chunk['type']> = Extract<Chunk, { readonly type: Type }>

/** The field of a delta that holds what the model thinks: providers differ. */
export type ReasoningField = 'reasoning_content' | 'reasoning' | 'reasoning_details'

/** What a format writes around the chunks themselves. */
export interface EncoderOptions {
  /** When the reply was made, in epoch seconds. Default 0, so that the same chunks are the same bytes. */
  readonly created?: number
  /** Default `reasoning_content`. Formats with one name for it take no notice. */
  readonly reasoningField?: ReasoningField
}

/**
 * Turns the chunks of one reply into the text of its body: the inverse of core's `WireDecoder`, and as there state is
 * kept per reply.
 */
export interface WireEncoder {
  /** The events this chunk becomes, line ends included; none where the format says it elsewhere or not at all. */
  push(chunk: Chunk): string[]
  /** What ends the body: nothing where the format has no terminator, or where the reply broke off before it. */
  end(): string[]
}

/** How a provider spells its replies: the counterpart of core's `WireFormat`. */
export interface WireEncoding {
  readonly name: WireFormatName
  /** Of a streamed body. */
  readonly contentType: string
  /** Sent along with a streamed body. */
  readonly headers?: Readonly<Record<string, string>>
  /** An event whose JSON breaks off, line ends included; absent where the format has no events. */
  readonly malformedEvent?: string
  createEncoder(options?: EncoderOptions): WireEncoder
  /** The same reply as the one JSON value that a request without `stream` gets; a string is a body of plain text. */
  encodeWhole(chunks: readonly Chunk[], options?: EncoderOptions): unknown
}
