import type { Chunk, WireFormatName } from '@millrace/core'
import { wireFormat } from '@millrace/core/wire'

/** What core's decoder reads in the bytes, cut before these places. Text in a row is one delta where the wire keeps no deltas. */
export function decode(name: WireFormatName, bytes: Uint8Array, cuts: readonly number[] = []): Chunk[] {
  const decoder = wireFormat(name).createDecoder()
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
  const chunks = [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()]
  return name === 'text' ? joinTexts(chunks) : chunks
}

function joinTexts(chunks: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = []
  for (const chunk of chunks) {
    const last = joined.at(-1)
    if (chunk.type === 'text-delta' && last?.type === 'text-delta')
      joined.splice(-1, 1, { ...last, text: last.text + chunk.text })
    else joined.push(chunk)
  }
  return joined
}
