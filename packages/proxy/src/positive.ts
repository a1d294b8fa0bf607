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
