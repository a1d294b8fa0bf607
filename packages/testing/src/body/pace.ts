import { createRandom } from '../random.ts'

/** How fast a reply comes. What is left out costs no time; without a pace all comes at once. */
export interface Pace {
  /** Before the first byte of the body. */
  readonly firstTokenMs?: number
  /** Deltas per second. */
  readonly tokensPerSecond?: number
  /** Between any two events, instead of `tokensPerSecond`. */
  readonly delayMs?: number
  /** How much each wait varies: 0.2 makes it 0.8 to 1.2 times as long. Default 0. */
  readonly jitter?: number
  /** Of the jitter: the same seed is the same waits. Default 1. */
  readonly seed?: number
}

/** How long to wait before each event, in milliseconds, asked in the order of the events. */
export function createPacer({
  firstTokenMs = 0,
  tokensPerSecond,
  delayMs,
  jitter = 0,
  seed = 1,
}: Pace = {}): (isToken: boolean) => number {
  const random = createRandom(seed)
  const tokenMs = tokensPerSecond ? 1000 / tokensPerSecond : 0
  let isFirst = true
  return (isToken) => {
    const waitMs = isFirst ? firstTokenMs : (delayMs ?? (isToken ? tokenMs : 0))
    isFirst = false
    return waitMs > 0 && jitter > 0 ? waitMs * (1 + jitter * (2 * random() - 1)) : waitMs
  }
}
