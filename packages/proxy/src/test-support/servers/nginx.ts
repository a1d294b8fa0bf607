import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canConnect, eventually, freePort, isInstalled, start, stop, temporaryFolder } from './processes.ts'

export const hasNginx = isInstalled('nginx')
/** In the names of tests that need it. */
export const behindNginx = hasNginx ? 'behind nginx' : 'behind nginx (skipped: nginx is not installed)'

export interface Nginx {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/**
 * A real nginx, started for the test in a folder of its own.
 * @param http What stands in its `http` block; `PORT` in it is the port it listens on.
 */
export async function startNginx(http: string, connections = 1_024): Promise<Nginx> {
  const port = await freePort()
  const folder = temporaryFolder()
  mkdirSync(join(folder.path, 'temp'))
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const config = `
    daemon off;
    master_process off;
    pid nginx.pid;
    worker_rlimit_nofile ${connections * 2 + 64};
    events { worker_connections ${connections}; }
    http {
      access_log off;
      ${places.map((place) => `${place}_temp_path temp/${place};`).join('\n      ')}
      ${http.replaceAll('PORT', `${port}`)}
    }`
  const file = join(folder.path, 'nginx.conf')
  writeFileSync(file, config)
  const child = start('nginx', ['-p', folder.path, '-c', file, '-e', join(folder.path, 'error.log')])
  const url = `http://127.0.0.1:${port}`
  await eventually(() => canConnect(port))
  return {
    port,
    url,
    async close() {
      await stop(child)
      folder.remove()
    },
  }
}
