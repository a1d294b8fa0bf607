export type { Health } from './health.ts'
export type { ChatBody, ProxyOptions, ProxyTimeouts, UpstreamOptions } from './options.ts'
export { type ChatProxy, createProxy } from './proxy.ts'
