import type { Cut } from './cut.ts'
import { type Frame, join } from './frame.ts'
import { createPacer, type Pace } from './pace.ts'

/** A frame with the time to wait before it. */
export type Move =
  | { readonly type: 'bytes'; readonly waitMs: number; readonly bytes: Uint8Array }
  | { readonly type: 'hang' | 'break'; readonly waitMs: number }

/**
 * Says when each frame is due. Without `cut` every event is a piece of its own; with it, what is due at one moment is
 * joined first, as a network does, and then cut.
 */
export function schedule(frames: readonly Frame[], pace?: Pace, cut?: Cut): Iterator<Move> {
  const moves = timed(frames, pace)
  return cut ? recut(moves, cut) : moves
}

function* timed(frames: readonly Frame[], pace?: Pace): Generator<Move> {
  const pacer = createPacer(pace)
  let waitMs = 0
  for (const frame of frames) {
    if (frame.type === 'pause') {
      waitMs += frame.ms
      continue
    }
    if (frame.type === 'bytes') yield { type: 'bytes', waitMs: waitMs + pacer(frame.isToken), bytes: frame.bytes }
    else yield { type: frame.type, waitMs }
    waitMs = 0
  }
}

function* recut(moves: Iterable<Move>, cut: Cut): Generator<Move> {
  let together: Uint8Array[] = []
  let waitMs = 0
  let offset = 0

  function* flush(): Generator<Move> {
    const bytes = join(together)
    for (const piece of bytes.length > 0 ? cut(bytes, offset) : []) {
      if (piece.length > 0) yield { type: 'bytes', waitMs, bytes: piece }
      waitMs = 0
    }
    offset += bytes.length
    together = []
  }

  for (const move of moves) {
    if (move.waitMs > 0 || move.type !== 'bytes') {
      yield* flush()
      waitMs = move.waitMs
    }
    if (move.type === 'bytes') together.push(move.bytes)
    else yield move
  }
  yield* flush()
}
