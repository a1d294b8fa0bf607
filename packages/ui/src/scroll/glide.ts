/** A movement on its way. */
export interface Glide {
  stop(): void
}

const durationMs = 240

/** Moves a scroll region to a place that may itself move, softly; at once for readers who want less motion. */
export function glideTo(scroller: HTMLElement, target: () => number, onEnd: () => void): Glide | undefined {
  // No further than what can be taken in: the rest is skipped.
  const longest = scroller.clientHeight
  const start = Math.max(target() - longest, Math.min(target() + longest, scroller.scrollTop))
  if (!mayMove() || start === target()) {
    scroller.scrollTop = target()
    onEnd()
    return undefined
  }
  const startedAt = performance.now()
  let frame = requestAnimationFrame(step)

  function step(now: number): void {
    const progress = Math.min(1, Math.max(0, (now - startedAt) / durationMs))
    scroller.scrollTop = start + (target() - start) * (1 - (1 - progress) ** 3)
    if (progress < 1) frame = requestAnimationFrame(step)
    else onEnd()
  }

  return { stop: () => cancelAnimationFrame(frame) }
}

/** Not where there is no way to ask, which is jsdom. */
function mayMove(): boolean {
  return typeof matchMedia === 'function' && !matchMedia('(prefers-reduced-motion: reduce)').matches
}
