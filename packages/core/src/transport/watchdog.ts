import { ChatError } from '../errors.ts'

/** How long to wait, in milliseconds. Any bytes count as life, comments and pings too. */
export interface Timeouts {
  /** Until the response's headers. Default 15,000. */
  readonly connectMs?: number
  /** Without any byte, before the first token. Default 60,000. */
  readonly firstTokenMs?: number
  /** Without any byte, after the first token. Default 30,000. */
  readonly stallMs?: number
}

/** What is waited for, named by what it is called when it does not come. */
type Phase = 'connect-timeout' | 'first-token-timeout' | 'stalled'

/** Watches a reply for silence. Time counts only between `waiting` and `arrived`, so a slow reader is no stall. */
export interface Watchdog {
  waiting(phase: Phase): void
  arrived(): void
  stop(): void
}

const softLimitMs = 5000

/**
 * @param onSilence Told how long nothing has come, before that is too long; 0 once something came again.
 * @param onExpire Told what to fail with, once for each wait.
 */
export function createWatchdog(
  { connectMs = 15_000, firstTokenMs = 60_000, stallMs = 30_000 }: Timeouts,
  onSilence: (forMs: number) => void,
  onExpire: (error: ChatError) => void,
): Watchdog {
  const limits = { 'connect-timeout': connectMs, 'first-token-timeout': firstTokenMs, stalled: stallMs }
  const tickMs = Math.min(1000, ...Object.values(limits).map((limit) => limit / 4))
  let phase: Phase = 'connect-timeout'
  // Counted in ticks, not by the clock: a device that slept has not waited.
  let silentMs: number | undefined
  const isLong = (forMs = 0) => forMs >= Math.min(softLimitMs, limits[phase] / 2)
  // One slow timer for the whole reply: setting one anew for every piece would cost more than reading it.
  const timer = setInterval(() => {
    if (silentMs === undefined) return
    silentMs += tickMs
    if (silentMs >= limits[phase]) {
      silentMs = undefined
      onExpire(new ChatError(phase, { what: `Nothing came for ${limits[phase] / 1000} s.` }))
    } else if (isLong(silentMs)) onSilence(silentMs)
  }, tickMs)

  return {
    waiting(next) {
      phase = next
      silentMs = 0
    },
    arrived() {
      if (isLong(silentMs)) onSilence(0)
      silentMs = undefined
    },
    stop: () => clearInterval(timer),
  }
}
