import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createProxy } from '@millrace/proxy'
import { toNodeHandler } from '@millrace/proxy/node'
import { isLocalHost } from './is-local-host.ts'
import { listenLocally } from './listen.ts'
import { builtPages, devPages } from './pages.ts'
import { chooseUpstream } from './upstream.ts'

// How long open connections may take to end before they are ended.
const patienceMs = 2_000

async function start(): Promise<void> {
  const upstream = await chooseUpstream({ env: process.env, demo: process.argv.includes('--demo') })
  const proxy = createProxy({ upstream: upstream.options })
  const server = createServer(answer)
  const pages = process.argv.includes('--built') ? await builtPages() : await devPages(server)
  const answerAsProxy = toNodeHandler(proxy)

  function answer(req: IncomingMessage, res: ServerResponse): void {
    // A page of another site has no business here either, whatever it posts.
    const { host, origin } = req.headers
    if (!isLocalHost(host) || !isLocalHost(origin?.replace(/^https?:\/\//, '') ?? host))
      return sendJson(res, 403, { error: 'The playground answers at localhost only.' })
    // The name alone: the address may hold a password, the options hold the key.
    if (req.url === '/api/upstream') return sendJson(res, 200, { kind: upstream.kind, name: upstream.name })
    answerAsProxy(req, res, () => pages.serve(req, res))
  }

  let stopping = false
  /** Ctrl-C may come twice: from the terminal, and passed on by the script that started this. */
  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(), patienceMs).unref()
    proxy.close()
    server.close()
    server.closeAllConnections()
    await Promise.allSettled([pages.close(), upstream.close?.()])
    process.exit()
  }
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(event, stop)

  const port = await listenLocally(server, readPort(process.env.PORT))
  console.log(`Millrace is at http://localhost:${port} – answered by ${describe(upstream)}`)
}

function readPort(text: string | undefined): number {
  const port = Number(text || 5173)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new TypeError(`PORT is "${text}", which is not a port.`)
}

function describe({ kind, name }: { kind: string; name: string }): string {
  if (kind === 'demo') return 'the demo provider (no model; set HOLYSHEEP_API_KEY or OPENAI_API_KEY for one)'
  return kind === 'ollama' ? 'Ollama on this machine' : name
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}

try {
  await start()
} catch (error) {
  // What is wrong with the settings is said in a sentence; a stack would only hide it.
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
