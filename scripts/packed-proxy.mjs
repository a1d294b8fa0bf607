// Packs the proxy as it would be published, installs it in an empty folder with whatever versions its dependencies have
// today, and sends one stream through it. A gateway that works in its own repository may not work for those who install it.
// `pnpm packed:proxy`; it needs the registry.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'millrace-packed-'))
const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })

try {
  run('npx', ['-y', 'pnpm@12', '-r', '--filter', './packages/core', '--filter', './packages/proxy', 'run', 'build'])
  for (const name of ['core', 'proxy']) {
    run('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', folder], join(root, 'packages', name))
  }
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs.map((name) => `./${name}`)], folder)
  writeFileSync(join(folder, 'stream.js'), program())
  process.stdout.write(run(process.execPath, ['stream.js'], folder))
} finally {
  rmSync(folder, { recursive: true })
}

/** Runs in the empty folder, with plain Node: a provider that says two events, the proxy in front of it, one stream. */
function program() {
  return `
import assert from 'node:assert'
import { createServer } from 'node:http'
import { createProxy, tokenAuth } from '@millrace/proxy'
import { jwtAuth } from '@millrace/proxy/jwt'
import { rateLimits } from '@millrace/proxy/limits'
import { toNodeHandler } from '@millrace/proxy/node'
import { redisLog } from '@millrace/proxy/redis'

assert(jwtAuth && redisLog)
const listen = (listener) =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => resolve(server))
  })
const urlOf = (server) => 'http://127.0.0.1:' + server.address().port

const upstream = await listen((req, res) => {
  assert.equal(req.headers.authorization, 'Bearer sk-upstream-key')
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  res.end('data: {"choices":[{"delta":{"content":"Xin chào"},"finish_reason":"stop"}]}\\n\\ndata: [DONE]\\n\\n')
})
const token = 'tk-0123456789abcdef'
const proxy = createProxy({
  upstream: { baseURL: urlOf(upstream) + '/v1', apiKey: 'sk-upstream-key' },
  authenticate: tokenAuth([token]),
  limits: rateLimits({ requestsPerMinute: 10 }),
})
const server = await listen(toNodeHandler(proxy))
const response = await fetch(urlOf(server) + '/v1/chat/completions', {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token },
  body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
})
const text = await response.text()
assert.match(text, /^: ok\\n\\nid: [\\w-]+:1\\ndata: .*Xin chào.*\\n\\nid: [\\w-]+:2\\ndata: \\[DONE\\]\\n\\n$/)
await proxy.drain(0)
server.close()
upstream.close()
console.log('The packed proxy streams, with Node ' + process.version + '.')
`
}
