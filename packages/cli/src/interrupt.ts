import type { Signals } from './context.ts'

export interface Interruption {
  readonly signal: AbortSignal
  /** From now on Ctrl-C ends the process again. */
  release(): void
}

/** Turns the first Ctrl-C into an abort. The second finds nobody listening, so it ends the process at once. */
export function onInterrupt(signals: Signals): Interruption {
  const controller = new AbortController()
  const release = () => void signals.off('SIGINT', interrupt)
  function interrupt(): void {
    release()
    controller.abort()
  }
  signals.on('SIGINT', interrupt)
  return { signal: controller.signal, release }
}

/** Resolves at the first Ctrl-C or `kill`. The next one ends the process at once. */
export function untilStopped(signals: Signals): Promise<void> {
  return new Promise((resolve) => {
    function stop(): void {
      signals.off('SIGINT', stop)
      signals.off('SIGTERM', stop)
      resolve()
    }
    signals.on('SIGINT', stop)
    signals.on('SIGTERM', stop)
  })
}
