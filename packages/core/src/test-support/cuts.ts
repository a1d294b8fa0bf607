interface Sliceable<T> {
  readonly length: number
  slice(start: number, end?: number): T
}

/** In two pieces, once for each place between two neighbours. */
export function* everyCut<T extends Sliceable<T>>(whole: T): Generator<[T, T]> {
  for (let at = 1; at < whole.length; at++) yield [whole.slice(0, at), whole.slice(at)]
}

/** One character or byte a piece. */
export function smallestPieces<T extends Sliceable<T>>(whole: T): T[] {
  return Array.from({ length: whole.length }, (_, at) => whole.slice(at, at + 1))
}

/** Cut at these places. */
export function cutAt<T extends Sliceable<T>>(whole: T, places: readonly number[]): T[] {
  const ends = [...new Set(places), whole.length].sort((a, b) => a - b)
  return ends.map((end, index) => whole.slice(ends[index - 1] ?? 0, end))
}

/** Places to cut at, from none to a dozen; the same ones for the same seed. */
export function randomPlaces(length: number, seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: Math.floor(random() * 12) }, () => Math.floor(random() * length))
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
