/** Calls back when it was not put off in time. To put it off costs no timer: there is one, and it looks how late it is. */
export interface Deadline {
  /** From now on it is due in so many milliseconds. */
  putOff(ms: number): void
  /** It is not due until it is put off again. */
  rest(): void
  /** It is over; nothing is left behind. */
  stop(): void
}

export function createDeadline(onDue: () => void): Deadline {
  let dueAt = Number.POSITIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let timerAt = Number.POSITIVE_INFINITY

  function wait(ms: number): void {
    timerAt = performance.now() + ms
    timer = setTimeout(look, ms)
  }

  function look(): void {
    timer = undefined
    const leftMs = dueAt - performance.now()
    if (leftMs === Number.POSITIVE_INFINITY) return
    if (leftMs > 0) return wait(leftMs)
    dueAt = Number.POSITIVE_INFINITY
    onDue()
  }

  return {
    putOff(ms) {
      dueAt = performance.now() + ms
      if (timer !== undefined && timerAt <= dueAt) return
      clearTimeout(timer)
      wait(ms)
    },
    rest() {
      dueAt = Number.POSITIVE_INFINITY
    },
    stop() {
      dueAt = Number.POSITIVE_INFINITY
      clearTimeout(timer)
      timer = undefined
    },
  }
}
