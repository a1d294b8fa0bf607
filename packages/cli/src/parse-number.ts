import { UsageError } from './usage-error.ts'

/** @throws {UsageError} for what is not a positive number. */
export function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (seconds > 0 && Number.isFinite(seconds)) return seconds
  throw new UsageError('It takes seconds, like 30 or 0.5.')
}

/** @throws {UsageError} for what is no port. 0 is any that is free. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port < 65_536) return port
  throw new UsageError('It takes a port, from 0 to 65535.')
}
