/** Runs something now where that was not done lately, else once it is due again. */
export interface Throttle {
  later(): void
  now(): void
}

export function createThrottle(everyMs: number, run: () => void): Throttle {
  let ranAt = -everyMs
  let timer: ReturnType<typeof setTimeout> | undefined

  function now(): void {
    clearTimeout(timer)
    timer = undefined
    ranAt = performance.now()
    run()
  }

  return {
    now,
    // The timers of a hidden tab are slow; what it is told comes in time, so that is looked at as well.
    later() {
      const waitMs = ranAt + everyMs - performance.now()
      if (waitMs <= 0) now()
      else timer ??= setTimeout(now, waitMs)
    },
  }
}
