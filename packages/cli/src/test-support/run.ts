import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { runMillrace } from '../app.ts'
import type { Environment, Input } from '../context.ts'
import { createOutput } from '../output.ts'

export interface RunOptions {
  readonly env?: Environment
  readonly fetch?: typeof globalThis.fetch
  /** What is piped in. Default: stdin is a terminal that nobody types at. */
  readonly stdin?: string
  /** Which outputs are terminals. Default: none. */
  readonly terminals?: readonly ('stdout' | 'stderr')[]
  readonly onStdout?: (text: string) => void
}

export interface Run {
  readonly exitCode: Promise<number>
  /** What was written so far. */
  readonly stdout: string
  readonly stderr: string
  /** What Ctrl-C does, where somebody listens. */
  interrupt(): void
}

/** Runs a command line in this process. */
export function run(args: readonly string[], options: RunOptions = {}): Run {
  const { env = {}, fetch = globalThis.fetch, terminals = [], onStdout = () => {} } = options
  const written = { stdout: '', stderr: '' }
  const signals = new EventEmitter()

  function output(name: 'stdout' | 'stderr') {
    const stream = new Writable({
      write(bytes, _encoding, done) {
        written[name] += bytes
        if (name === 'stdout') onStdout(written.stdout)
        done()
      },
    })
    return createOutput(Object.assign(stream, { isTTY: terminals.includes(name) }))
  }

  const exitCode = runMillrace(args, {
    process: { stdout: output('stdout'), stderr: output('stderr'), env },
    stdin: inputOf(options.stdin),
    fetch,
    signals,
  })
  return {
    exitCode,
    get stdout() {
      return written.stdout
    },
    get stderr() {
      return written.stderr
    },
    interrupt: () => void signals.emit('SIGINT'),
  }
}

/** Runs a command line to its end. */
export async function runToEnd(args: readonly string[], options?: RunOptions) {
  const running = run(args, options)
  const exitCode = await running.exitCode
  return { exitCode, stdout: running.stdout, stderr: running.stderr }
}

/** A stdin with that text; without one, a terminal. */
export function inputOf(text: string | undefined): Input {
  if (text === undefined) return Object.assign(new Readable({ read() {} }), { isTTY: true })
  return Readable.from([Buffer.from(text)], { objectMode: false })
}
