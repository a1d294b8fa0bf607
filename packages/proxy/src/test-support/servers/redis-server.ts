import { createClient } from 'redis'
import { eventually, freePort, isInstalled, start, stop, temporaryFolder } from './processes.ts'

export const hasRedis = isInstalled('redis-server')
/** In the names of tests that need it. */
export const withRedis = hasRedis ? 'with Redis' : 'with Redis (skipped: redis-server is not installed)'

export interface RedisServer {
  readonly url: string
  /** Says a command from outside. */
  tell(...args: string[]): Promise<unknown>
  /** Stops answering, with all connections left open. */
  pause(): void
  goOn(): void
  /** Is gone at once, with all it knew. */
  crash(): Promise<void>
  restart(): Promise<void>
  close(): Promise<void>
}

/** A Redis of the test's own, on a port of its own, that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const folder = temporaryFolder()
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder.path]
  let child = start('redis-server', args)

  async function tell(...command: string[]): Promise<unknown> {
    const client = createClient({ url, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    await client.connect()
    try {
      return await client.sendCommand(command)
    } finally {
      client.destroy()
    }
  }

  const isReady = () => eventually(() => tell('PING'))
  await isReady()
  return {
    url,
    tell,
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    crash: () => stop(child),
    async restart() {
      await stop(child)
      child = start('redis-server', args)
      await isReady()
    },
    async close() {
      await stop(child)
      folder.remove()
    },
  }
}
