import type { Writable } from 'node:stream'

/** Where a command writes: a terminal, a file, or a program that may leave at any time. */
export interface Output {
  readonly isTerminal: boolean
  /** Resolves once the stream has taken it: a slow reader slows the reply down. Never rejects; see `failure`. */
  write(data: string | Uint8Array): Promise<void>
  /** Whether its reader left before the end (`| head`). Writing goes nowhere from then on. */
  readonly isClosed: boolean
  /** What went wrong but that: the disk is full, say. */
  readonly failure: Error | undefined
  /** Called once nothing more can be written. */
  onEnd(listener: () => void): void
  /** For the argument parser, which asks whether it may colour its help. */
  readonly getColorDepth?: (env?: Readonly<Partial<Record<string, string>>>) => number
}

type OutputStream = Writable & {
  readonly isTTY?: boolean
  readonly getColorDepth?: (env?: object) => number
}

/** Wraps a stream so that a reader who leaves is an event of every day, not an uncaught error. */
export function createOutput(stream: OutputStream): Output {
  let isClosed = false
  let failure: Error | undefined
  const listeners: (() => void)[] = []

  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (isClosed || failure) return
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') isClosed = true
    else failure = error
    for (const listener of listeners) listener()
  })

  return {
    isTerminal: stream.isTTY === true,
    write: (data) => new Promise((resolve) => stream.write(data, () => resolve())),
    get isClosed() {
      return isClosed
    },
    get failure() {
      return failure
    },
    onEnd: (listener) => void listeners.push(listener),
    ...(stream.getColorDepth && { getColorDepth: (env) => stream.getColorDepth?.(env) ?? 1 }),
  }
}
