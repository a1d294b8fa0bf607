import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Running {
  readonly port: number
  readonly pid: number
  /** What a request has to carry. */
  readonly headers: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export interface Contender {
  readonly name: string
  /** Nothing where it cannot run here. */
  start(upstreamPort: number): Promise<Running | undefined>
  /** The same, told to end a reply when its client leaves, where that is not what it does anyway. */
  startEndingWithClient?(upstreamPort: number): Promise<Running | undefined>
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))

// As in the Dockerfile.
const flags = ['--max-semi-space-size=8', '--heap-growing-percent=50']
const ours = [...flags, '--conditions=@millrace/source', file('our-proxy.ts')]

export const contenders: readonly Contender[] = [
  { name: 'raw pipe', start: (upstream) => startNode([file('raw-pipe.ts')], upstream) },
  {
    name: 'ours',
    start: (upstream) => startNode(ours, upstream),
    startEndingWithClient: (upstream) => startNode(ours, upstream, { DETACH_GRACE_MS: '0' }),
  },
  { name: 'nginx', start: startNginx },
  { name: 'Portkey', start: startPortkey },
]

async function startNode(
  args: readonly string[],
  upstreamPort: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const port = await freePort()
  const env = { ...process.env, ...more, PORT: `${port}`, UPSTREAM_PORT: `${upstreamPort}`, NODE_NO_WARNINGS: '1' }
  return run(spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }), port)
}

async function startNginx(upstreamPort: number): Promise<Running | undefined> {
  const binary = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync)
  if (!binary) return undefined
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-nginx-'))
  mkdirSync(join(folder, 'temp'))
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid nginx.pid; worker_rlimit_nofile 20000;
    events { worker_connections 16384; }
    http {
      access_log off;
      ${places.map((place) => `${place}_temp_path temp/${place};`).join(' ')}
      upstream provider { server 127.0.0.1:${upstreamPort}; keepalive 64; }
      server {
        listen 127.0.0.1:${port} backlog=8192;
        location / {
          proxy_pass http://provider; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_buffering off; gzip off; proxy_read_timeout 300s;
        }
      }
    }`,
  )
  const child = spawn(binary, ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'ignore' })
  return run(child, port, {}, () => rmSync(folder, { recursive: true, force: true }))
}

/** Installed beside, for it brings 95 packages: in the versions with which it runs at all. */
async function startPortkey(upstreamPort: number): Promise<Running | undefined> {
  const folder = join(tmpdir(), 'millrace-bench-portkey-1.15.2')
  const main = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (!existsSync(main)) {
    mkdirSync(folder, { recursive: true })
    const dependencies = { '@portkey-ai/gateway': '1.15.2' }
    const overrides = { '@hono/node-server': '1.13.5' }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }))
    try {
      execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' })
    } catch {
      return undefined
    }
  }
  const port = await freePort()
  const args = ['--import', file('portkey-shim.mjs'), main, '--headless', `--port=${port}`]
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' })
  return run(child, port, {
    authorization: 'Bearer none',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
  })
}

async function run(
  child: ChildProcess,
  port: number,
  headers: Running['headers'] = {},
  onStop = () => {},
): Promise<Running> {
  await untilListening(port)
  return {
    port,
    pid: child.pid ?? 0,
    headers,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          onStop()
          resolve()
        })
        child.kill('SIGKILL')
      }),
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.destroy()
          resolve()
        })
        socket.on('error', reject)
      })
    } catch (error) {
      if (attempt > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
