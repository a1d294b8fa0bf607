// Packs the proxy as it would be published, installs it in an empty folder with whatever versions its dependencies have
// today, and asks it for two streams: one is read to its end, one is left. A gateway that works in its own repository may
// not work for those who install it. `pnpm packed:proxy` does so on Node, `pnpm packed:proxy bun deno workerd` on those
// too. It needs the registry.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkProxy, listenAsProvider, secretKey, token } from './lib/check-proxy.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'millrace-packed-'))
const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
const bin = (name) => join(folder, 'node_modules', '.bin', name)

/** How each runtime is installed and started, and what it serves the proxy with. */
const runtimes = {
  node: {
    install: [],
    command: [process.execPath, 'server.js'],
    server: `
import { createServer } from 'node:http'
import { toNodeHandler } from '@millrace/proxy/node'
import '@millrace/proxy/redis'
const server = createServer(toNodeHandler(proxy)).listen(0, '127.0.0.1', () => console.log('port ' + server.address().port))`,
  },
  bun: {
    install: ['bun'],
    command: [bin('bun'), 'server.js'],
    server: `console.log('port ' + Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: proxy.fetch }).port)`,
  },
  deno: {
    install: ['deno'],
    command: [bin('deno'), 'run', '--allow-net', '--allow-env', '--allow-read', 'server.js'],
    server: `
const onListen = ({ port }) => console.log('port ' + port)
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen }, proxy.fetch)`,
  },
  workerd: {
    install: ['miniflare', 'esbuild'],
    command: [process.execPath, 'miniflare.js'],
    server: `export default proxy`,
    prepare() {
      run(
        bin('esbuild'),
        ['server.js', '--bundle', '--format=esm', '--outfile=worker.js', '--conditions=worker'],
        folder,
      )
      const miniflare = `
import { Miniflare } from 'miniflare'
// Named, or else it looks for modules by itself and stumbles over an import that never runs.
const modules = [{ type: 'ESModule', path: 'worker.js' }]
const options = { modules, port: 0, host: '127.0.0.1', compatibilityDate: '2026-07-01' }
console.log('port ' + (await new Miniflare(options).ready).port)
setInterval(() => {}, 60_000)`
      writeFileSync(join(folder, 'miniflare.js'), miniflare)
    },
  },
}

const names = ['node', ...process.argv.slice(2)]
const provider = await listenAsProvider()
try {
  run('npx', ['-y', 'pnpm@12', '-r', '--filter', './packages/core', '--filter', './packages/proxy', 'run', 'build'])
  for (const name of ['core', 'proxy']) {
    run('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', folder], join(root, 'packages', name))
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const others = names.flatMap((name) => runtimes[name].install)
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs.map((name) => `./${name}`), ...others], folder)
  for (const name of names) {
    writeFileSync(join(folder, 'server.js'), `${makeProxy(provider.baseURL)}\n${runtimes[name].server}\n`)
    runtimes[name].prepare?.()
    await checkOn(name)
    console.log(`The packed proxy streams on ${name}, and tells the provider when its client leaves.`)
  }
} finally {
  await provider.close()
  rmSync(folder, { recursive: true })
}

async function checkOn(name) {
  const [command, ...args] = runtimes[name].command
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await checkProxy(`http://127.0.0.1:${await portOf(child)}`, provider)
  } finally {
    child.kill('SIGKILL')
  }
}

/** The port that a server says it listens on. */
function portOf(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      const [, port] = /port (\d+)/.exec(said) ?? []
      if (port) resolve(port)
    })
    child.once('close', (code, signal) =>
      reject(new Error(`The server ended with ${code ?? signal}. It said: ${said}`)),
    )
  })
}

function makeProxy(baseURL) {
  return `
import { createProxy, tokenAuth } from '@millrace/proxy'
import { jwtAuth } from '@millrace/proxy/jwt'
import { rateLimits } from '@millrace/proxy/limits'
const key = 'a secret of at least thirty-two bytes'
jwtAuth({ key, issuer: 'https://issuer.test', audience: 'a' })
const proxy = createProxy({
  upstream: { baseURL: '${baseURL}', apiKey: '${secretKey}' },
  authenticate: tokenAuth(['${token}']),
  limits: rateLimits({ requestsPerMinute: 10 }),
  log: false,
})`
}
