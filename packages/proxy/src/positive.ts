/** @throws {TypeError} that names the option, for what is no positive number. */
export function readPositive(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback
  if (value > 0) return value
  throw new TypeError(`${name} must be a positive number.`)
}

/** The same for what may also be zero. */
export function readCount(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback
  if (value >= 0) return value
  throw new TypeError(`${name} may not be negative.`)
}

// What a timer can wait, which is nearly 25 days. Told to wait longer it does not wait at all.
const longestTimerMs = 2 ** 31 - 1

/** So many milliseconds as a timer takes them: `Infinity` is as long as it can. */
export function forTimer(ms: number): number {
  return Math.min(ms, longestTimerMs)
}
