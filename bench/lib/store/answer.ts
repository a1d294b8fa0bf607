import type { Chunk } from '@millrace/core'

/** So many deltas of five characters each. */
export function deltasOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${index % 10} and`)
}

/** The chunks of a reply that says them. */
export function chunksOf(deltas: readonly string[]): readonly Chunk[] {
  return [
    { type: 'message-start', responseId: 'reply-1' },
    ...deltas.map((text): Chunk => ({ type: 'text-delta', text })),
    { type: 'message-end', finishReason: 'stop' },
  ]
}

const pieceLength = 16_384

/** The bytes as a network brings them. */
export function piecesOf(bytes: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  const count = Math.ceil(bytes.length / pieceLength)
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * pieceLength, (index + 1) * pieceLength))
}
