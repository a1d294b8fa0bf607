import type { ChatError } from '../errors.ts'
import type { TransportOptions } from './options.ts'

export const longestWaitMs = 60_000

/** How long to wait before another attempt; undefined where that would not help, or would take too long to wait for. */
export function retryDelayMs(failure: ChatError | undefined, attempt: number): number | undefined {
  // A model that thought for a minute has been paid for; asking again would cost as much once more.
  if (!failure?.retryable || /^(first-token-timeout|offline)$/.test(failure.code)) return undefined
  return backOffMs(attempt, failure.retryAfterMs)
}

/** Twice as long with each attempt, and not less than the server asks; undefined where that is too long to wait for. */
export function backOffMs(attempt: number, retryAfterMs = 0): number | undefined {
  // Jitter keeps clients that failed together from coming back together.
  const delayMs = Math.max(retryAfterMs, Math.min(500 * 2 ** (attempt - 1), 30_000) * (0.75 + Math.random() / 2))
  return delayMs <= longestWaitMs ? delayMs : undefined
}

/** Waits: less long where the signal aborts. */
export async function waitToRetry(
  delayMs: number,
  { signal, onProgress }: Pick<TransportOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  onProgress?.({ retryAt: Date.now() + delayMs, stalledForMs: undefined })
  if (signal?.aborted) return
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, delayMs)
    signal?.addEventListener('abort', done)
  })
}
