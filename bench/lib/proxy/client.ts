import { Agent, type ClientRequest, request } from 'node:http'
import type { Order } from './counting-provider.ts'

export interface Received {
  /** From when an event was written by the provider to when it was here, in milliseconds. */
  readonly latenciesMs: readonly number[]
  /** From the request to its first event. */
  readonly firstMs: number
  /** Whether all of it came, in order. */
  readonly isWhole: boolean
}

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })

/** Reads one stream. The request is given back for who wants to leave. */
export function readStream(
  port: number,
  order: Order,
  headers: Readonly<Record<string, string>> = {},
): { request: ClientRequest; received: Promise<Received>; begun: Promise<void> } {
  const startedAt = performance.now()
  const latenciesMs: number[] = []
  let firstMs = Number.NaN
  let next = 0
  let isInOrder = true
  let isDone = false
  let rest = ''
  let onBegin = () => {}
  const begun = new Promise<void>((resolve) => {
    onBegin = resolve
  })
  const body = JSON.stringify({
    model: 'm',
    stream: true,
    messages: [{ role: 'user', content: JSON.stringify(order) }],
  })
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/v1/chat/completions',
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
  })

  function take(text: string): void {
    const now = performance.now()
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const word = /"content":"word (\d+) ([\d.]+)"/.exec(line)
      if (word) {
        if (next === 0) {
          firstMs = now - startedAt
          onBegin()
        }
        isInOrder &&= Number(word[1]) === next++
        latenciesMs.push(now - Number(word[2]))
      } else if (line === 'data: [DONE]') isDone = true
    }
  }

  const received = new Promise<Received>((resolve) => {
    const end = () => {
      onBegin()
      resolve({ latenciesMs, firstMs, isWhole: isInOrder && isDone && next === order.events })
    }
    sent.on('error', end)
    sent.on('response', (response) => {
      response.setEncoding('latin1')
      response.on('data', take)
      response.on('error', () => {})
      response.on('close', end)
    })
  })
  sent.end(body)
  return { request: sent, received, begun }
}
