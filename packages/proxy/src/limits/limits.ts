import type { Identity } from '../auth/identity.ts'

/** What is about to be asked for, as far as it is known before. */
export interface LimitedRequest {
  readonly identity: Identity
  readonly address: string | undefined
  /** Of the prompt and the longest answer, estimated. */
  readonly tokens: number
  /** The same in US dollars; nothing where the price is not known. */
  readonly costUSD: number | undefined
}

/** What it came to. */
export interface Consumption {
  readonly tokens: number
  readonly costUSD: number | undefined
}

/** Somebody has had enough for now. */
export interface LimitExceeded {
  readonly limit: 'requests' | 'tokens' | 'concurrent' | 'budget'
  readonly retryAfterMs: number
}

/** A request that was let in. */
export interface Place {
  /** Gives the place back, with what was really used; called once, also after a failure. Never rejects. */
  settle(used: Consumption): Promise<void>
}

/** How much each user may ask for. */
export interface Limits {
  /** Takes what the request is estimated to need. Rejects where it cannot be known; the request is then refused. */
  take(request: LimitedRequest): Promise<Place | LimitExceeded>
}
