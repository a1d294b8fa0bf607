import type { Identity } from './auth/identity.ts'
import type { ReplyStreams } from './log/reply-streams.ts'
import type { Recorder } from './observe/record.ts'
import type { OpenRequest } from './open-requests.ts'
import type { Settings } from './settings.ts'

/** A request of somebody who may ask, while it is answered. */
export interface Exchange {
  readonly request: Request
  readonly identity: Identity
  /** Where it came from, as far as that is known. */
  readonly address: string | undefined
  readonly open: OpenRequest
  readonly recorder: Recorder
}

/** What all answers of a proxy share. */
export interface Surroundings {
  readonly settings: Settings
  readonly streams: ReplyStreams
}
