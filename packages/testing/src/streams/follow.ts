import { ConnectionLost, type Outcome } from '../body/body.ts'
import type { Cut } from '../body/cut.ts'
import { type Frame, join } from '../body/frame.ts'
import type { Fault } from '../faults/fault.ts'
import { spoilFrames } from '../faults/stream-faults.ts'
import type { KeptStream } from './kept-stream.ts'

export interface FollowOptions {
  /** How many frames are passed over. */
  readonly from: number
  /** What goes wrong with this connection; the stream itself goes on. */
  readonly fault: Fault | undefined
  readonly cut: Cut | undefined
  readonly signal: AbortSignal | undefined
  /** Called once. */
  readonly onEnd: (outcome: Outcome) => void
}

/** The body of one connection to a stream: what is there of it at once, the rest as it comes. */
export function follow(
  stream: KeptStream,
  { from, fault, cut, signal, onEnd }: FollowOptions,
): ReadableStream<Uint8Array> {
  const frames = spoilConnection(stream.frames.slice(from), fault)
  const pieces: Uint8Array[] = []
  let next = 0
  let offset = 0
  let hasLeft = false
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = () => {
      hasLeft = true
      resolve()
    }
  })

  /** What is there by now; with a cut it is one run of bytes, as on a network. */
  function take(): void {
    const available: Uint8Array[] = []
    for (let frame = frames[next]; frame?.type === 'bytes' && from + next < stream.length; frame = frames[next]) {
      available.push(frame.bytes)
      next++
      if (!cut) break
    }
    const bytes = join(available)
    if (bytes.length > 0) pieces.push(...(cut?.(bytes, offset) ?? [bytes]))
    offset += bytes.length
  }

  function end(outcome: Outcome): void {
    if (hasLeft) return
    leave()
    onEnd(outcome)
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const onAbort = () => {
        if (!hasLeft) controller.error(signal?.reason)
        end('cancelled')
      }
      if (signal?.aborted) onAbort()
      signal?.addEventListener('abort', onAbort, { once: true })
    },
    async pull(controller) {
      if (pieces.length === 0) {
        const frame = frames[next]
        if (frame?.type === 'hang') await left
        else if (frame?.type !== 'break') await Promise.race([stream.longerThan(from + next), left])
        if (hasLeft) return
        if (frame?.type === 'break') {
          controller.error(new ConnectionLost('The connection was lost.'))
          return end('broken')
        }
        take()
      }
      const piece = pieces.shift()
      if (piece) return controller.enqueue(piece)
      controller.close()
      end('sent')
    },
    cancel: () => end('cancelled'),
  })
}

/** Faults of a connection strike here, by what has come over it; those of the reply are in the stream itself. */
function spoilConnection(frames: readonly Frame[], fault: Fault | undefined): readonly Frame[] {
  switch (fault?.name) {
    case 'stall-before-first-token':
      return [{ type: 'hang' }]
    case 'stall':
      return [...framesBefore(frames, fault.afterTokens), { type: 'hang' }]
    case 'close-early':
      return framesBefore(frames, fault.afterTokens)
    default:
      return spoilFrames(frames, fault)
  }
}

function framesBefore(frames: readonly Frame[], afterTokens?: number): readonly Frame[] {
  const isToken = (frame: Frame) => frame.type === 'bytes' && frame.isToken
  const limit = afterTokens ?? Math.floor(frames.filter(isToken).length / 2)
  let tokens = 0
  const end = frames.findIndex((frame) => isToken(frame) && ++tokens > limit)
  return frames.slice(0, end === -1 ? frames.length : end)
}
