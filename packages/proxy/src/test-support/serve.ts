import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FakeProvider, FakeProviderOptions } from '@millrace/testing'
import { serveFakeProvider } from '@millrace/testing/node'
import { toNodeHandler } from '../node-handler.ts'
import type { ProxyOptions } from '../options.ts'
import { type ChatProxy, createProxy } from '../proxy.ts'
import { secretKey } from './scripted-upstream.ts'

export interface Served {
  /** `http://127.0.0.1:49152`, without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

export async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, close }
}

export interface ServedProxy extends Served {
  readonly proxy: ChatProxy
  readonly provider: FakeProvider
  /** Where a client is pointed: the url with `/v1`. */
  readonly baseURL: string
}

/** A proxy over HTTP in front of a provider over HTTP, which wants the proxy's key. */
export async function serveProxy(
  provider: FakeProviderOptions,
  options: Partial<ProxyOptions> = {},
  listenerOf: (proxy: ChatProxy) => RequestListener = toNodeHandler,
): Promise<ServedProxy> {
  const upstream = await serveFakeProvider({ ...provider, apiKey: secretKey })
  const proxy = createProxy({ upstream: { baseURL: upstream.baseURL, apiKey: secretKey }, ...options })
  const served = await serve(listenerOf(proxy))
  return {
    url: served.url,
    baseURL: `${served.url}/v1`,
    proxy,
    provider: upstream.provider,
    async close() {
      proxy.close()
      await served.close()
      await upstream.close()
    },
  }
}
