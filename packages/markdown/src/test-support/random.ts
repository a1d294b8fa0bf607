/** Random choices that a seed repeats. */
export interface Random {
  /** From 0 up to 1, which it never is. */
  next(): number
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  pick<Item>(items: readonly Item[]): Item
  chance(probability: number): boolean
}

/** The same choices for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  // The generator of Tommy Ettinger known as mulberry32.
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick: <Item>(items: readonly Item[]) => items[between(0, items.length - 1)] as Item, // none of ours is empty
    chance: (probability) => next() < probability,
  }
}

/** The text in pieces of random lengths. */
export function cutAtRandom(text: string, random: Random, longest = 300): string[] {
  const pieces: string[] = []
  const limit = random.pick([1, 3, 20, longest])
  for (let at = 0; at < text.length; ) {
    const length = random.between(1, limit)
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}
