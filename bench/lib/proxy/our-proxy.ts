// The proxy as `millrace serve` runs it: streams get ids and are kept in memory.
import { createServer } from 'node:http'
import { createProxy } from '@millrace/proxy'
import { nodeFetch, toNodeHandler } from '@millrace/proxy/node'

const proxy = createProxy({
  upstream: { baseURL: `http://127.0.0.1:${process.env.UPSTREAM_PORT}/v1` },
  fetch: nodeFetch,
  ...(process.env.DETACH_GRACE_MS && { detachGraceMs: Number(process.env.DETACH_GRACE_MS) }),
})
const server = createServer(toNodeHandler(proxy))
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 8_192 })
