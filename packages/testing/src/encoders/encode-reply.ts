import type { Chunk } from '@millrace/core'
import { openaiChatEncoding } from './openai-chat.ts'
import type { EncoderOptions, WireEncoding } from './wire-encoder.ts'

export interface EncodeReplyOptions extends EncoderOptions {
  /** Default `openaiChatEncoding`. */
  readonly encoding?: WireEncoding
}

/** The body of a streamed reply that says these chunks: what core's `decodeReply` reads back. */
export function encodeReply(
  chunks: readonly Chunk[],
  { encoding = openaiChatEncoding, ...options }: EncodeReplyOptions = {},
): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder(options)
  const events = [...chunks.flatMap((chunk) => encoder.push(chunk)), ...encoder.end()]
  return new TextEncoder().encode(events.join(''))
}
