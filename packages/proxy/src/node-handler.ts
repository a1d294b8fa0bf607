import type { IncomingMessage, ServerResponse } from 'node:http'
import { headersOf } from './node-headers.ts'
import type { ChatProxy } from './proxy.ts'
import { bodyOfStream } from './reply/text-body.ts'
import { isProxyPath } from './routes.ts'

/**
 * A listener for `node:http`, and as well a middleware of connect, Express or Vite: with `next` it leaves alone what
 * is not the proxy's.
 */
export type NodeHandler = (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void

/** Lets a proxy answer `node:http`: at its pace, at once, and only as long as somebody is there. */
export function toNodeHandler(proxy: Pick<ChatProxy, 'fetch'>): NodeHandler {
  return (req, res, next) => {
    const url = urlOf(req)
    if (next && !(url && isProxyPath(url.pathname))) return next()
    if (!url) return refuse(res)
    // What fails on the way out is a connection that is gone; to fail visibly is all that is left.
    answer(proxy, url, req, res).catch(() => res.destroy())
  }
}

/** The path alone counts: where a request goes is never decided by a host that its sender wrote. */
function urlOf({ url = '' }: IncomingMessage): URL | undefined {
  const whole = `http://localhost${url}`
  return url.startsWith('/') && URL.canParse(whole) ? new URL(whole) : undefined
}

function refuse(res: ServerResponse): void {
  res.writeHead(400, { 'content-type': 'application/json' })
  const error = {
    message: 'The address cannot be read.',
    type: 'invalid_request_error',
    param: null,
    code: 'bad-request',
  }
  res.end(JSON.stringify({ error }))
}

async function answer(
  proxy: Pick<ChatProxy, 'fetch'>,
  url: URL,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const client = new AbortController()
  res.on('close', () => {
    if (!res.writableFinished) client.abort()
  })
  const { remoteAddress } = req.socket
  const response = await proxy.fetch(toRequest(url, req, client.signal), { remoteAddress })
  if (res.destroyed) return void response.body?.cancel().catch(() => {})
  // A body that nobody wanted to read to its end would otherwise be read here as long as it is sent.
  if (!req.complete) res.shouldKeepAlive = false
  res.writeHead(response.status, Object.fromEntries(response.headers))
  // The headers tell the client that it was heard; the first byte of a reply may take long.
  res.flushHeaders()
  // Returned, not awaited: what is waited for here would keep request and response in memory as long as the reply takes.
  return writeBody(response.body, res)
}

function toRequest(url: URL, req: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET' } = req
  const headers = headersOf(req)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(url, { method, headers, signal, ...(hasBody && { body: readBody(req), duplex: 'half' }) })
}

/** The request's body, read no faster than it is asked for. Unlike the stream Node makes, it survives being given up. */
function readBody(req: IncomingMessage): ReadableStream<Uint8Array> {
  let onData = (_bytes: Uint8Array) => {}
  let onEnd = () => {}
  return new ReadableStream({
    start(controller) {
      // Somebody in front has read it: there is nothing to wait for.
      if (req.readableEnded) return controller.close()
      onData = (bytes) => {
        controller.enqueue(bytes)
        if ((controller.desiredSize ?? 0) <= 0) req.pause()
      }
      onEnd = () => controller.close()
      req.on('data', onData).once('end', onEnd).pause()
      req.once('close', () => {
        if (!req.complete) controller.error(new Error('The client closed the request.'))
      })
    },
    pull: () => void req.resume(),
    // The rest is read and dropped: a client that is still sending would not see the answer otherwise.
    cancel: () => void req.off('data', onData).off('end', onEnd).resume(),
  })
}

function writeBody(body: ReadableStream<Uint8Array> | null, res: ServerResponse): Promise<void> {
  const text = bodyOfStream(body)
  if (text) {
    res.once('close', text.cancel)
    const remark = (words: string) => {
      if (!res.writableNeedDrain) res.write(words)
    }
    return writePieces(() => text.read(remark), res)
  }
  const reader = body?.getReader()
  res.once('close', () => reader?.cancel().catch(() => {}))
  return writePieces(async () => (await reader?.read())?.value, res)
}

/** Waits whenever the client is slower than the reply. Rejects where the body breaks off. */
async function writePieces(read: () => Promise<string | Uint8Array | undefined>, res: ServerResponse): Promise<void> {
  for (;;) {
    const piece = await read()
    if (piece === undefined) return void res.end()
    if (!res.write(piece)) await drained(res)
  }
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (res.destroyed) return resolve()
    const done = () => {
      res.off('drain', done).off('close', done)
      resolve()
    }
    res.on('drain', done).on('close', done)
  })
}
