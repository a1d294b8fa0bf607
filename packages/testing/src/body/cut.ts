import { randomAt } from '../random.ts'

/**
 * Where the network cuts a body: gets bytes that are sent at one moment and returns them in pieces. Anywhere is
 * allowed, the middle of a character too.
 * @param offset Place of the first byte in the body.
 */
export type Cut = (bytes: Uint8Array, offset: number) => readonly Uint8Array[]

/** Pieces of `length` bytes: `cutEvery(1)` is the hardest test of a decoder. */
export function cutEvery(length: number): Cut {
  if (!(length >= 1)) throw new RangeError(`A piece has at least one byte, not ${length}.`)
  return cutWhere((place) => place % length === 0)
}

/** Cuts before the bytes at these places of the body. */
export function cutAt(...offsets: readonly number[]): Cut {
  const places = new Set(offsets)
  return cutWhere((place) => places.has(place))
}

/** Cuts at random places, the same for the same seed. `meanLength` is that of the pieces, in bytes; default 16. */
export function cutRandomly(seed: number, meanLength = 16): Cut {
  return cutWhere((place) => randomAt(seed, place) * meanLength < 1)
}

function cutWhere(isCut: (place: number) => boolean): Cut {
  return (bytes, offset) => {
    const pieces: Uint8Array[] = []
    let start = 0
    for (let end = 1; end < bytes.length; end++) {
      if (!isCut(offset + end)) continue
      pieces.push(bytes.subarray(start, end))
      start = end
    }
    pieces.push(bytes.subarray(start))
    return pieces
  }
}
