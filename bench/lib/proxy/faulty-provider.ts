import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const faults = ['none', 'none', 'none', 'none', 'breaks off', 'ends early', 'stalls', 'refuses'] as const

/** A provider that counts, and fails in one way or another every other time. */
export async function startFaultyProvider(): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const fault = faults[Math.floor(Math.random() * faults.length)] ?? 'none'
      if (fault === 'refuses') return void response.writeHead(500).end('{"error":{"message":"no"}}')
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      speak(response, 4 + Math.floor(Math.random() * 16), fault)
    })
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 8_192 }, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function speak(response: ServerResponse, events: number, fault: (typeof faults)[number]): void {
  const failsAt = fault === 'none' ? Number.POSITIVE_INFINITY : Math.floor(Math.random() * events)
  let n = 0
  const timer = setInterval(() => {
    if (n === failsAt && fault === 'breaks off') return void response.destroy()
    if (n === failsAt && fault === 'ends early') return void response.end()
    if (n >= failsAt) return
    if (n < events) return void response.write(eventOf({ content: `word ${n++} 💧` }, null))
    clearInterval(timer)
    response.end(`${eventOf({}, 'stop')}data: [DONE]\n\n`)
  }, 400)
  response.on('close', () => clearInterval(timer))
}

function eventOf(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  return `data: ${JSON.stringify({ id: 'chatcmpl-123', object: 'chat.completion.chunk', model: 'm', choices })}\n\n`
}
