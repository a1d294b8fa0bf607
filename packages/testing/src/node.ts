import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConnectionLost } from './body/body.ts'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from './fake-provider.ts'

export interface ServeOptions extends FakeProviderOptions {
  /** Default 0: any that is free. */
  readonly port?: number
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** A provider there is already, `createDemoProvider()` say; the other options are then not read. */
  readonly provider?: FakeProvider
}

/** A fake provider behind a real HTTP server. */
export interface ServedProvider {
  /** `http://127.0.0.1:49152`, without a slash at its end. */
  readonly url: string
  /** Where a client is pointed: the url with `/v1`. Those of Ollama want the `url` itself. */
  readonly baseURL: string
  readonly port: number
  readonly provider: FakeProvider
  /** Ends open connections and resolves once the port is free. */
  close(): Promise<void>
}

/**
 * Serves a fake provider on Node. Headers go out at once and every piece as soon as it is due, a slow reader slows it
 * down, and a fault that breaks the connection destroys the socket.
 * @throws what `listen` fails with: the port is taken, say.
 */
export async function serveFakeProvider(options: ServeOptions = {}): Promise<ServedProvider> {
  const { port = 0, host = '127.0.0.1', provider = createFakeProvider(options) } = options
  const server = createServer((request, response) => void answer(provider, request, response))
  await listen(server, port, host)
  const { port: boundPort } = server.address() as AddressInfo // a server that listens on a port has an address of that kind
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`
  return { url, baseURL: `${url}/v1`, port: boundPort, provider, close: () => close(server) }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // An error here says that the server was closed before.
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function answer(provider: FakeProvider, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const left = new AbortController()
  outgoing.once('close', () => left.abort())
  try {
    const response = await provider.fetch(await toRequest(incoming), { signal: left.signal })
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.flushHeaders()
    for await (const bytes of response.body ?? []) await write(outgoing, bytes)
    outgoing.end()
  } catch (error) {
    if (outgoing.headersSent || error instanceof ConnectionLost || left.signal.aborted) return void outgoing.destroy()
    // A script of the test's own threw: say so where its author will look.
    outgoing.writeHead(500, { 'content-type': 'application/json' })
    outgoing.end(
      JSON.stringify({ error: { message: `The script failed: ${error}`, type: 'script_error', code: null } }),
    )
  }
}

/** Resolves once the bytes are handed to the network: the next ones wait for a slow reader. */
function write(outgoing: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const pieces: Buffer[] = []
  for await (const piece of incoming) pieces.push(piece)
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const { method = 'GET', url = '/' } = incoming
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, `http://${incoming.headers.host ?? 'localhost'}`), {
    method,
    headers,
    ...(hasBody && { body: Buffer.concat(pieces) }),
  })
}
