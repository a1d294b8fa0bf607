import type { ChatError } from '../errors.ts'
import type { TransportOptions } from './options.ts'

const longestWaitMs = 60_000

/**
 * How long to wait before another attempt; undefined where that would not help, or would take too long to wait for.
 * @param failure Nothing for a connection that was there and broke.
 * @param isResuming Whether the reply goes on by itself and only has to be reached again.
 */
export function retryDelayMs(
  { code, retryable = true, retryAfterMs = 0 }: Partial<ChatError> = {},
  attempt: number,
  isResuming?: boolean,
): number | undefined {
  if (code === 'offline' && isResuming) return longestWaitMs
  // A model that thought for a minute has been paid for; asking again would cost as much once more.
  if (!retryable || code === 'first-token-timeout' || code === 'offline') return undefined
  // Jitter keeps clients that failed together from coming back together.
  const delayMs = Math.max(retryAfterMs, Math.min(500 * 2 ** (attempt - 1), 30_000) * (0.75 + Math.random() / 2))
  return delayMs <= longestWaitMs ? delayMs : undefined
}

/** Waits: less long where the user aborts, or where the network is back. */
export async function waitToRetry(delayMs: number, { signal, onProgress }: TransportOptions): Promise<void> {
  onProgress?.({ retryAt: Date.now() + delayMs, stalledForMs: undefined })
  if (signal?.aborted) return
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      globalThis.removeEventListener?.('online', done)
      resolve()
    }
    const timer = setTimeout(done, delayMs)
    signal?.addEventListener('abort', done)
    // Not every platform has it.
    globalThis.addEventListener?.('online', done)
  })
}
