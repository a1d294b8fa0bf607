export { type Authenticate, type Caller, type Identity, openToAll } from './auth/identity.ts'
export { tokenAuth } from './auth/token-auth.ts'
export type { CorsOptions } from './cors.ts'
export type { Health, UpstreamHealth } from './health.ts'
export type { Consumption, LimitExceeded, LimitedRequest, Limits, Place } from './limits/limits.ts'
export { type KeepOptions, type MemoryLogOptions, memoryLog } from './log/memory-log.ts'
export {
  type FinalState,
  type LoggedEvents,
  LogUnavailable,
  type NewStream,
  StreamGone,
  type StreamInfo,
  type StreamLog,
  type StreamState,
  type StreamWriter,
} from './log/stream-log.ts'
export { jsonLines } from './observe/json-lines.ts'
export type { Observe, ObservedRequest, RequestRecord } from './observe/record.ts'
export type { ChatBody, ProxyOptions, ProxyTimeouts, TokenPrice, UpstreamOptions } from './options.ts'
export type { RequestPolicy } from './policy/policy.ts'
export { type ChatProxy, createProxy } from './proxy.ts'
