import type { Pace } from './chat-options.ts'

/** Decides when what arrived becomes state. */
export interface Pacer {
  /** Something arrived. */
  later(): void
  /** What arrived must not wait. */
  now(): void
  cancel(): void
}

// A hidden tab gets no frames. Its timers are slow, but they come.
const hiddenTabMs = 250

/** @param flush Called at most once per frame, or per `everyMs`, and only after something arrived. */
export function createPacer(pace: Pace, flush: () => void): Pacer {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function cancel(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = undefined
    timer = undefined
  }

  function now(): void {
    cancel()
    flush()
  }

  function later(): void {
    if (pace === 'chunk') return now()
    if (timer !== undefined) return
    if (pace !== 'frame') timer = setTimeout(now, pace.everyMs)
    else if (typeof requestAnimationFrame === 'undefined') timer = setTimeout(now, 16)
    else {
      frame = requestAnimationFrame(now)
      timer = setTimeout(now, hiddenTabMs)
    }
  }

  return { later, now, cancel }
}
