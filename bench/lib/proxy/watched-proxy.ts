// The proxy, which can be asked what it holds. Its streams are forgotten soon, so that what stays is a leak.
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { createProxy, memoryLog } from '@millrace/proxy'
import { nodeFetch, toNodeHandler } from '@millrace/proxy/node'

export interface Holdings {
  readonly heapMB: number
  readonly descriptors: number
}

const proxy = createProxy({
  upstream: { baseURL: `http://127.0.0.1:${process.env.UPSTREAM_PORT}/v1` },
  fetch: nodeFetch,
  log: memoryLog({ keepMs: 1_000 }),
  detachGraceMs: 1_000,
  timeouts: { connectMs: 3_000, firstMs: 3_000, idleMs: 3_000 },
  retries: 0,
})
const server = createServer(toNodeHandler(proxy))
server.keepAliveTimeout = 500
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 8_192 }, () => process.send?.('ready'))
process.on('message', () => {
  globalThis.gc?.()
  const holdings: Holdings = {
    heapMB: process.memoryUsage().heapUsed / 2 ** 20,
    descriptors: readdirSync('/proc/self/fd').length,
  }
  process.send?.(holdings)
})
