import type { Readable } from 'node:stream'
import type { CommandContext } from '@stricli/core'
import { createOutput, type Output } from './output.ts'

export type Environment = Readonly<Partial<Record<string, string>>>

/** What prompts are read from. */
export type Input = Readable & { readonly isTTY?: boolean }

/** The part of `process` that tells of Ctrl-C. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

/** All that a command touches besides its arguments. */
export interface Context extends CommandContext {
  readonly process: {
    readonly stdout: Output
    readonly stderr: Output
    readonly env: Environment
    /** Set by the command; not yet the exit code of Node. */
    exitCode?: number
  }
  readonly stdin: Input
  readonly fetch: typeof globalThis.fetch
  readonly signals: Signals
}

/** The context of a real run. */
export function nodeContext(process: NodeJS.Process): Context {
  return {
    process: { stdout: createOutput(process.stdout), stderr: createOutput(process.stderr), env: process.env },
    // Touched only by those who read it: opening it may keep a process alive.
    get stdin() {
      return process.stdin
    },
    fetch: globalThis.fetch,
    signals: process,
  }
}
