import type { Chunk } from '@millrace/core'
import { joinedText, wholeMessage } from './whole-message.ts'
import type { WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * The text of the answer and nothing else. A refusal is text as any other; thoughts, calls, sources, files, usage,
 * errors and the finish reason do not travel, and the reader's deltas are the pieces that the network makes.
 */
export const textEncoding: WireEncoding = {
  name: 'text',
  contentType: 'text/plain; charset=utf-8',
  createEncoder,
  encodeWhole,
}

function createEncoder(): WireEncoder {
  return {
    push: (chunk) =>
      (chunk.type === 'text-delta' || chunk.type === 'refusal-delta') && chunk.text ? [chunk.text] : [],
    end: () => [],
  }
}

function encodeWhole(chunks: readonly Chunk[]): string {
  const message = wholeMessage(chunks)
  return joinedText(message, 'text') + joinedText(message, 'refusal')
}
