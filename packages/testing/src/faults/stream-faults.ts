import { ChatError } from '@millrace/core'
import { bytesFrame, type Frame } from '../body/frame.ts'
import type { WireEncoding } from '../encoders/wire-encoder.ts'
import { type Beat, isTokenBeat } from '../reply/beats.ts'
import type { Fault } from './fault.ts'

/** What a reply does once the fault has struck, before a wire format spells it. */
export function spoilBeats(
  beats: readonly Beat[],
  fault: Fault | undefined,
  { malformedEvent }: Pick<WireEncoding, 'malformedEvent'>,
): readonly Beat[] {
  switch (fault?.name) {
    case 'stall-before-first-token':
      return [{ type: 'hang' }]
    case 'stall':
      return [...beatsBefore(beats, fault.afterTokens), { type: 'hang' }]
    case 'close-early':
      return beatsBefore(beats, fault.afterTokens)
    case 'error-event':
      return [...beatsBefore(beats, fault.afterTokens), { type: 'chunk', chunk: { type: 'error', error: failure() } }]
    case 'malformed-event': {
      const before = beatsBefore(beats, fault.afterTokens)
      const malformed: Beat[] = malformedEvent ? [{ type: 'raw', bytes: malformedEvent }] : []
      return [...before, ...malformed, ...beats.slice(before.length)]
    }
    case 'no-finish-reason':
      return beats.map((beat) =>
        beat.type === 'chunk' && beat.chunk.type === 'message-end'
          ? { type: 'chunk', chunk: { type: 'message-end', finishReason: 'unknown' } }
          : beat,
      )
    default:
      return beats
  }
}

/** What its bytes do, once they are spelled. */
export function spoilFrames(frames: readonly Frame[], fault: Fault | undefined): readonly Frame[] {
  if (fault?.name === 'cut') return [...framesBefore(frames, fault.atByte), { type: 'break' }]
  if (fault?.name === 'no-final-newline') return withoutFinalNewline(frames)
  return frames
}

function beatsBefore(beats: readonly Beat[], afterTokens?: number): readonly Beat[] {
  const limit = afterTokens ?? Math.floor(beats.filter(isTokenBeat).length / 2)
  let tokens = 0
  const end = beats.findIndex((beat) => isTokenBeat(beat) && ++tokens > limit)
  // A reply with fewer tokens than that still never gets to its end.
  const last = beats.findIndex((beat) => beat.type === 'chunk' && beat.chunk.type === 'message-end')
  return beats.slice(0, end === -1 ? last : end)
}

function framesBefore(frames: readonly Frame[], atByte?: number): Frame[] {
  const total = frames.reduce((length, frame) => length + (frame.type === 'bytes' ? frame.bytes.length : 0), 0)
  let left = Math.min(atByte ?? Math.floor(total / 2), total)
  const before: Frame[] = []
  for (const frame of frames) {
    if (left === 0) break
    if (frame.type !== 'bytes') {
      before.push(frame)
      continue
    }
    before.push({ ...frame, bytes: frame.bytes.subarray(0, left) })
    left = Math.max(0, left - frame.bytes.length)
  }
  return before
}

function withoutFinalNewline(frames: readonly Frame[]): readonly Frame[] {
  const last = frames.at(-1)
  if (last?.type !== 'bytes') return frames
  const text = new TextDecoder().decode(last.bytes).trimEnd()
  return frames.with(-1, bytesFrame(text, last.isToken))
}

/** The wire carries what the provider says, not what a reader makes of it. */
function failure(): ChatError {
  const error = new ChatError('provider-error', { providerCode: 'server_error' })
  error.message = 'The server had an error while processing your request'
  return error
}
