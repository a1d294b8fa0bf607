import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a request's `user` field asks of the provider. */
export interface Order {
  readonly events: number
  readonly everyMs: number
}

export interface Provider {
  readonly port: number
  /** How many replies it is writing. */
  readonly open: number
  /** When a reply was given up last, by `performance`. */
  readonly leftAt: number
  close(): void
}

/** A provider that writes each event when it is due, with the time in it. Raw, so that it is not what is measured. */
export async function startProvider(): Promise<Provider> {
  let open = 0
  let leftAt = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      open++
      response.on('close', () => {
        open--
        if (!response.writableFinished) leftAt = performance.now()
      })
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      write(response, JSON.parse(JSON.parse(body).messages[0].content))
    })
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return open
    },
    get leftAt() {
      return leftAt
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function write(response: ServerResponse, { events, everyMs }: Order): void {
  let n = 0
  const timer = setInterval(next, everyMs)
  response.on('close', () => clearInterval(timer))
  next()

  function next(): void {
    const content = `word ${n} ${performance.now().toFixed(3)}`
    response.write(
      `data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`,
    )
    if (++n < events) return
    clearInterval(timer)
    response.end(
      'data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    )
  }
}
