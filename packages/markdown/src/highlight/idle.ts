// A slice ends well before the next frame is due.
const sliceMs = 6
// Work is done in the end, however busy the page.
const longestWaitMs = 1_000

/** Whether a slice may go on. */
export type HasTime = () => boolean

/**
 * Calls `work` once, when the page has nothing better to do; never in the same task.
 * @returns Cancels the call.
 */
export function whenIdle(work: (hasTime: HasTime) => void): () => void {
  const run = () => {
    const end = performance.now() + sliceMs
    work(() => performance.now() < end)
  }
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(run, { timeout: longestWaitMs })
  return () => cancelIdleCallback(handle)
}

/** Works through `tasks` in idle slices. Resolves when all were run. */
export function inIdleSlices(tasks: Iterable<() => void>): Promise<void> {
  const iterator = tasks[Symbol.iterator]()
  return new Promise((resolve, reject) => {
    const slice = (hasTime: HasTime) => {
      try {
        do {
          const { done, value: task } = iterator.next()
          if (done) return resolve()
          task()
        } while (hasTime())
      } catch (error) {
        return reject(error)
      }
      whenIdle(slice)
    }
    whenIdle(slice)
  })
}
