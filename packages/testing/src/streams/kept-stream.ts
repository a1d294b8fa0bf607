import { createBody } from '../body/body.ts'
import type { Frame } from '../body/frame.ts'
import type { Pace } from '../body/pace.ts'
import { schedule } from '../body/schedule.ts'

/** A reply that goes on whether anyone reads it or not, and can be read again from any event on. */
export interface KeptStream {
  readonly id: string
  /** Its bytes, an event each, those that are not there yet included. */
  readonly frames: readonly BytesFrame[]
  /** How many of them there are. */
  readonly length: number
  readonly isOver: boolean
  /** Resolves once there are more than that, or the stream is over. */
  longerThan(length: number): Promise<void>
  /** Ends it where it is. */
  cancel(): void
}

export type BytesFrame = Extract<Frame, { type: 'bytes' }>

/** Starts to make the reply. Its waits are those of the frames and the pace. */
export function keepStream(id: string, frames: readonly Frame[], pace: Pace | undefined): KeptStream {
  let length = 0
  let isOver = false
  let wake = () => {}
  let change = nextChange()

  function nextChange(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
    })
  }

  function changed(): void {
    wake()
    change = nextChange()
  }

  // Without a cut each piece is a frame.
  const reader = createBody(schedule(frames, pace), { onEnd: () => {} }).getReader()
  async function produce(): Promise<void> {
    for (;;) {
      const { done } = await reader.read()
      if (isOver) return
      if (done) isOver = true
      else length++
      changed()
    }
  }

  void produce()
  return {
    id,
    frames: frames.filter((frame) => frame.type === 'bytes'),
    get length() {
      return length
    },
    get isOver() {
      return isOver
    },
    async longerThan(known) {
      while (length <= known && !isOver) await change
    },
    cancel() {
      if (isOver) return
      isOver = true
      void reader.cancel()
      changed()
    },
  }
}
