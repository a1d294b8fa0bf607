import type { WireEncoder } from '../encoders/wire-encoder.ts'
import { type Beat, isTokenBeat } from '../reply/beats.ts'

/** What a body does next, once a wire format has spelled it. A body whose frames are over is closed. */
export type Frame =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array; readonly isToken: boolean }
  | { readonly type: 'pause'; readonly ms: number }
  /** Silence until the client leaves. */
  | { readonly type: 'hang' }
  /** The connection is lost. */
  | { readonly type: 'break' }

const utf8 = new TextEncoder()

/** Spells the beats, one frame an event. */
export function toFrames(beats: readonly Beat[], encoder: WireEncoder, { terminate = true } = {}): Frame[] {
  const frames = beats.flatMap((beat) => beatFrames(beat, encoder))
  return terminate ? [...frames, ...encoder.end().map((event) => bytesFrame(event, false))] : frames
}

function beatFrames(beat: Beat, encoder: WireEncoder): Frame[] {
  switch (beat.type) {
    case 'chunk': {
      const events = encoder.push(beat.chunk)
      // What opens a part comes at once; its first delta takes the time of a token.
      return events.map((event, index) => bytesFrame(event, isTokenBeat(beat) && index === events.length - 1))
    }
    case 'raw':
      return [bytesFrame(beat.bytes, false)]
    case 'pause':
    case 'hang':
      return [beat]
  }
}

/** A frame of bytes, or of text as UTF-8. */
export function bytesFrame(bytes: string | Uint8Array, isToken: boolean): Frame {
  return { type: 'bytes', bytes: typeof bytes === 'string' ? utf8.encode(bytes) : bytes, isToken }
}

/** Pieces, one after the other. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }
  return joined
}
