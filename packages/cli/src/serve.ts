import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createProxy } from '@millrace/proxy'
import { toNodeHandler } from '@millrace/proxy/node'
import type { Context } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { untilStopped } from './interrupt.ts'
import { listen } from './listen.ts'
import { chooseTarget, isLoopback, type TargetFlags } from './target.ts'
import { UsageError } from './usage-error.ts'

export interface ServeFlags extends TargetFlags {
  readonly port: number
  readonly host: string
  readonly insecure: boolean
}

// How long replies on their way may take to end.
const drainMs = 10_000

/** Runs the proxy until it is stopped; what is on its way then may still end. */
export async function serveProxy({ process, fetch, signals }: Context, flags: ServeFlags): Promise<ExitCode> {
  const { port, host, insecure } = flags
  if (!isLoopback(host) && !insecure) {
    throw new UsageError(
      `At ${host} everybody who reaches this machine could spend the key: the proxy asks nobody who they are. ` +
        'Leave --host out, or say --insecure where something in front of it does.',
    )
  }
  const { provider, baseURL, apiKey } = chooseTarget(flags, process.env)
  if (provider.wire.name !== 'openai-chat') {
    throw new UsageError(`The proxy speaks openai-chat upstream, and ${provider.name} speaks ${provider.wire.name}.`)
  }
  const proxy = createProxy({ upstream: { baseURL, apiKey }, fetch })
  const answer = toNodeHandler(proxy)
  const server = createServer((req, res) => (insecure || isFromThisMachine(req) ? answer(req, res) : refuse(res)))
  const boundPort = await listen(server, port, host)
  const stopped = untilStopped(signals)
  const shownHost = host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host
  await process.stdout.write(`The proxy is at http://${shownHost}:${boundPort}/v1 and asks ${provider.name} (${baseURL}).
Its key is ${apiKey ? 'kept here' : 'missing: none is sent'}. Ctrl-C ends it.
`)
  await stopped
  const closed = new Promise((resolve) => server.close(resolve))
  await process.stderr.write('Waiting for the replies on their way. Ctrl-C again ends them.\n')
  await proxy.drain(drainMs)
  server.closeAllConnections()
  await closed
  return exitCodes.ok
}

/**
 * Whether a request names this machine, and comes from a page of it where it comes from one. A page elsewhere can point
 * a name of its own at 127.0.0.1, or post here, and would spend the key.
 */
export function isFromThisMachine({ headers: { host, origin } }: Pick<IncomingMessage, 'headers'>): boolean {
  return isLoopbackURL(`http://${host}`) && (origin === undefined || isLoopbackURL(origin))
}

function isLoopbackURL(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname)
}

function refuse(res: ServerResponse): void {
  const message = 'The proxy answers this machine alone: run it with --insecure where it stands behind another server.'
  const error = { message, type: 'invalid_request_error', param: null, code: 'forbidden' }
  res.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
}
