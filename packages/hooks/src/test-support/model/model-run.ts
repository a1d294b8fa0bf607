import type { ModelMessage } from './message-tree.ts'
import type { ScriptedRequest } from './scripted-server.ts'

/** What a promise of the chat has to come to. */
export interface Expected {
  state: 'pending' | 'rejected' | 'taken-back' | 'resolved'
  message?: ModelMessage | undefined
  /** What the message was when it ended: it may go on later. */
  ending?: { readonly text: string; readonly finishReason: string | undefined; readonly version: number }
}

/** What a request has to say. */
export interface Asks {
  readonly user: string
  readonly assistant: string
  readonly answeredCalls: readonly string[]
  readonly isWhole: boolean
}

/** A reply on its way. */
export interface ModelRun {
  readonly message: ModelMessage
  readonly model: string
  readonly isContinued: boolean
  /** Before its request is there, while it is, until the next attempt, and before its calls are run. */
  phase: 'unsent' | 'sent' | 'retrying' | 'calling'
  request?: ScriptedRequest
  asks: Asks
  step: number
  attempt: number
  retryFrom: number
  hasToken: boolean
  hasTokenInStep: boolean
  hasCalls: boolean
  /** How many calls the message had when the request began. */
  callsBefore: number
  /** How much of the text has to be seen by now. */
  seenLength: number
  /** When bytes came last, by the clock. */
  aliveAt: number
  readonly group: { readonly runs: readonly ModelRun[]; readonly expected: Expected }
}

export interface ModelQueued {
  readonly text: string
  id?: string
  readonly models: readonly string[]
  readonly isSendable: boolean
  readonly expected: Expected
}
