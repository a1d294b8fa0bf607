import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('..', import.meta.url))
const playground = join(root, 'apps', 'playground')

/** A server that was started as a person would start it. */
export interface RunningServer {
  /** What it printed, address included. */
  readonly output: string
  readonly url: string
  /** Ends it as `kill` would, and returns its exit code. */
  stop(): Promise<number | null>
}

export async function buildPlayground(): Promise<void> {
  const vite = createRequire(import.meta.url).resolve('vite/package.json')
  await promisify(execFile)(process.execPath, [join(dirname(vite), 'bin', 'vite.js'), 'build'], {
    cwd: playground,
    env: environment(),
  })
}

/** The built playground at a free port, with the demo provider. */
export function startBuiltPlayground(): Promise<RunningServer> {
  const command = ['--conditions=@millrace/source', 'server/main.ts', '--built', '--demo']
  return start(command, { cwd: playground, port: 0 })
}

/** What `npm start` runs, with the demo provider. */
export function runStartScript(port: number): Promise<RunningServer> {
  return start(['scripts/start.mjs', '--demo'], { cwd: root, port })
}

async function start(command: string[], { cwd, port }: { cwd: string; port: number }): Promise<RunningServer> {
  const server = spawn(process.execPath, command, {
    cwd,
    env: { ...environment(), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = await readAddress(server)
  const url = /http:\/\/\S+/.exec(output)?.[0] ?? ''
  async function stop(): Promise<number | null> {
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    return server.exitCode
  }
  return { output, url, stop }
}

/** What the server prints up to the end of the line with its address. */
function readAddress(server: ChildProcess): Promise<string> {
  let output = ''
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (text) => {
      output += text
      if (/http:.*\n/.test(output)) resolve(output)
    })
    server.on('exit', (code) => reject(new Error(`The server ended with ${code} and printed no address. ${output}`)))
  })
}

/** Not that of the test runner: `test` would have React built for development. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_ENV, VITEST, ...env } = process.env
  return env
}
