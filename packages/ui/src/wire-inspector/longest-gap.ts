import type { WirePiece } from './exchange.ts'

export interface Gap {
  readonly fromMs: number
  readonly toMs: number
}

/** The longest time between two pieces. */
export function longestGap(pieces: readonly WirePiece[]): Gap | undefined {
  let longest: Gap | undefined
  for (let index = 1; index < pieces.length; index++) {
    const fromMs = pieces[index - 1]?.atMs ?? 0
    const toMs = pieces[index]?.atMs ?? 0
    if (!longest || toMs - fromMs > longest.toMs - longest.fromMs) longest = { fromMs, toMs }
  }
  return longest
}
