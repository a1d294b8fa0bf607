import { expect } from 'vitest'
import { applyChunk } from '../apply-chunk.ts'
import type { Chunk } from '../chunk.ts'
import { createMessage, type Message } from '../message.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import type { DecoderOptions, WireFormat } from '../wire/wire-format.ts'
import { encode } from './bytes.ts'
import { everyCut, smallestPieces } from './cuts.ts'

export interface DecodeOptions extends DecoderOptions {
  readonly wire?: WireFormat
  /** The connection broke after the last piece. */
  readonly lost?: { readonly cause: unknown }
}

/** All chunks of a body that arrives in these pieces. */
export function chunksOf(
  pieces: string | readonly Uint8Array[],
  { wire = openaiChat, lost, ...options }: DecodeOptions = {},
): Chunk[] {
  const decoder = wire.createDecoder(options)
  const arriving = typeof pieces === 'string' ? [encode(pieces)] : pieces
  return [...arriving.flatMap((bytes) => decoder.push(bytes)), ...decoder.end(lost)]
}

/** What chunks make of a fresh reply, which has the same id every time and no timing. */
export function messageFrom(chunks: readonly Chunk[]): Message {
  const pending = createMessage({ id: 'reply', role: 'assistant', status: 'pending', createdAt: 0 })
  return chunks.reduce((message, chunk) => applyChunk(message, chunk), pending)
}

/** The message in a body. Fails where it is another one when the body comes in two pieces, cut anywhere, or bytewise. */
export function messageOf(body: string, options?: DecodeOptions): Message {
  const bytes = encode(body)
  const whole = messageFrom(chunksOf([bytes], options))
  for (const pieces of [...everyCut(bytes), smallestPieces(bytes)])
    expect(messageFrom(chunksOf(pieces, options))).toEqual(whole)
  return whole
}
