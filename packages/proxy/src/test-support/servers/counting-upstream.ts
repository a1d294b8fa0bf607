import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CountingOptions {
  /** How many events a reply has, before its end. */
  readonly events: number
  /** Between two of them; 0 for as fast as they are read. */
  readonly everyMs?: number
}

export interface CountingUpstream {
  readonly url: string
  readonly requestCount: number
  /** How many replies it is writing. */
  readonly openCount: number
  /** When the last reply was given up by who asked for it, by the clock of `performance`. */
  readonly leftAt: number | undefined
  close(): Promise<void>
}

/** What it says as its n-th event, from 0. */
export function word(n: number): string {
  return `${n} `
}

/** All of it. */
export function wholeText(events: number): string {
  return Array.from({ length: events }, (_, n) => word(n)).join('')
}

/** A provider that counts. A prompt `{"events":…,"everyMs":…}` says how far, and how fast. */
export async function startCountingUpstream(defaults: CountingOptions): Promise<CountingUpstream> {
  let requestCount = 0
  let openCount = 0
  let leftAt: number | undefined
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      requestCount++
      openCount++
      response.on('close', () => {
        openCount--
        if (!response.writableFinished) leftAt = performance.now()
      })
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      void count(response, { ...defaults, ...promptOf(body) })
    })
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get requestCount() {
      return requestCount
    },
    get openCount() {
      return openCount
    },
    get leftAt() {
      return leftAt
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function count(response: ServerResponse, { events, everyMs = 0 }: CountingOptions): Promise<void> {
  const startedAt = performance.now()
  for (let n = 0; n < events && !response.destroyed; n++) {
    const waitMs = startedAt + (n + 1) * everyMs - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    if (!response.write(eventOf({ content: word(n) }, null))) {
      await new Promise<void>((resolve) => {
        response.once('drain', resolve).once('close', resolve)
      })
    }
  }
  response.end(`${eventOf({}, 'stop')}data: [DONE]\n\n`)
}

function eventOf(delta: { content?: string }, finishReason: string | null): string {
  const choice = { index: 0, delta, finish_reason: finishReason }
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'm', choices: [choice] })}\n\n`
}

/** What the request's last message asks for, where it is JSON. */
function promptOf(body: string): Partial<CountingOptions> {
  try {
    return JSON.parse(JSON.parse(body).messages.at(-1).content)
  } catch {
    return {}
  }
}
