import type { Pace } from './chat-options.ts'

/** Decides when what arrived becomes state. */
export interface Pacer {
  /** Something arrived. */
  later(): void
  /** What arrived must not wait. */
  now(): void
}

// A hidden tab gets no frames. Its timers are slow, but they come.
const hiddenTabMs = 250
// Where there are no frames at all, on a server say.
const frameMs = 16

/**
 * @param getPace The one that holds now.
 * @param flush Called at most once per frame, or per `everyMs`, and only after something arrived.
 */
export function createPacer(getPace: () => Pace, flush: () => void): Pacer {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function now(): void {
    if (frame) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = timer = undefined
    flush()
  }

  function later(): void {
    const pace = getPace()
    if (pace === 'chunk') return now()
    if (timer) return
    if (pace === 'frame') frame = globalThis.requestAnimationFrame?.(now)
    timer = setTimeout(now, pace === 'frame' ? (frame ? hiddenTabMs : frameMs) : pace.everyMs)
  }

  return { later, now }
}
