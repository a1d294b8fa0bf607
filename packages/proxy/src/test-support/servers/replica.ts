import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stop } from './processes.ts'

export interface ReplicaOptions {
  /** The base URL of who answers. */
  readonly upstream: string
  /** Where streams are kept; without, in memory. */
  readonly redis?: string
  /** Which part of the announcements in Redis is lost on the way to this replica. */
  readonly lostPart?: number
  readonly port?: number
  readonly leaseMs?: number
  readonly heartbeatMs?: number
  readonly detachGraceMs?: number
  readonly maxBodyBytes?: number
}

export interface Replica {
  readonly port: number
  readonly url: string
  readonly process: ChildProcess
  /** As `kill -9` does. */
  kill(): Promise<void>
  /** Lets it say its last words. */
  terminate(): Promise<void>
}

/** A proxy in a process of its own. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const child = fork(fileURLToPath(new URL('./replica-main.ts', import.meta.url)), {
    execArgv: ['--conditions=@millrace/source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, REPLICA: JSON.stringify(options) },
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port))
    child.once('exit', (code) => reject(new Error(`The replica ended with ${code}.`)))
  })
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    process: child,
    kill: () => stop(child),
    terminate: () => stop(child, 'SIGTERM'),
  }
}
