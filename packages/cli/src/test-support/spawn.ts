import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface SpawnedMillrace {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly stdout: string
  readonly stderr: string
  /** Resolves once stdout holds that text; rejects where the process ends without. */
  untilStdout(text: string): Promise<void>
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }>
}

/** Starts the real program. Its stdin stays open until it is ended. */
export function spawnMillrace(args: readonly string[], env: Readonly<Record<string, string>> = {}): SpawnedMillrace {
  const child = spawn(process.execPath, ['--conditions=@millrace/source', main, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const written = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text
  })
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }))
  })
  return {
    child,
    get stdout() {
      return written.stdout
    },
    get stderr() {
      return written.stderr
    },
    untilStdout: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (written.stdout.includes(text)) resolve()
        }
        check()
        child.stdout.on('data', check)
        child.once('close', () => reject(new Error(`It ended without "${text}". stderr: ${written.stderr}`)))
      }),
    ended,
  }
}
