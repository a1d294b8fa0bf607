// Serves the pages that race, and what they ask for, in a process of its own: `server.ts FOLDER`.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openaiChatEncoding, uiMessageStreamEncoding, type WireEncoding } from '@millrace/testing'
import { makeAnswer, makeHistory } from './content.ts'

const folder = process.argv[2] ?? '.'
const encodings: Record<string, WireEncoding> = { openai: openaiChatEncoding, ai: uiMessageStreamEncoding }
const headersOf: Record<string, Record<string, string>> = { ai: { 'x-vercel-ai-ui-message-stream': 'v1' } }
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

interface RunEnd {
  readonly promise: Promise<number>
  readonly resolve: (at: number) => void
}

/** When the last byte of a run's answer was handed to the socket, in epoch milliseconds. */
const ends = new Map<string, RunEnd>()

function endOf(run: string): RunEnd {
  const end = ends.get(run) ?? createEnd()
  ends.set(run, end)
  return end
}

function createEnd(): RunEnd {
  let resolve: RunEnd['resolve'] = () => {}
  const promise = new Promise<number>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

function sendFile(path: string, response: ServerResponse): void {
  const file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path))
  const type = types[extname(file)] ?? 'application/octet-stream'
  const body = gzipSync(readFileSync(file), { level: 9 })
  response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': 'no-store' }).end(body)
}

function sendJson(value: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function stream(query: URLSearchParams, response: ServerResponse): void {
  const numberOf = (name: string) => Number(query.get(name))
  const format = query.get('fmt') ?? 'openai'
  const encoder = (encodings[format] ?? openaiChatEncoding).createEncoder()
  const tokens = makeAnswer(numberOf('seed'), numberOf('tokens'))
  const perEvent = numberOf('chunk')
  const startedAt = performance.now()
  let sent = 0
  response.socket?.setNoDelay(true)
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headersOf[format] })

  function step(): void {
    if (response.destroyed) return
    const due = Math.min(tokens.length, ((performance.now() - startedAt) / 1000) * numberOf('tps'))
    for (; sent < due; sent += perEvent) {
      const text = tokens.slice(sent, sent + perEvent).join('')
      for (const piece of encoder.push({ type: 'text-delta', text })) response.write(piece)
    }
    if (sent < tokens.length) return void setTimeout(step, 1)
    const last = encoder.push({ type: 'message-end', finishReason: 'stop' })
    response.end(last.join(''), () => endOf(query.get('run') ?? '').resolve(performance.timeOrigin + performance.now()))
  }
  step()
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
  request.resume()
  if (pathname === '/api/stream') return stream(query, response)
  if (pathname === '/api/history')
    return sendJson(makeHistory(Number(query.get('n')), Number(query.get('seed'))), response)
  if (pathname === '/api/wait') return sendJson(await endOf(query.get('run') ?? '').promise, response)
  sendFile(pathname, response)
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))
