import type { RecordedRequest } from '../recorded-request.ts'

/** What an HTTP status can say. */
export type HttpFaultName =
  | 'bad-request'
  | 'unauthorized'
  | 'payment-required'
  | 'forbidden'
  | 'model-not-found'
  | 'context-too-long'
  | 'rate-limited'
  | 'server-error'
  | 'overloaded'

/** The request is turned down with an HTTP status and an error body, in the words of its format. */
export interface HttpFault {
  readonly name: HttpFaultName
  /** Sent as `retry-after`, with Gemini in the body. Default: 20 with `rate-limited`, else none. */
  readonly retryAfterSeconds?: number
}

/** Something in the middle of a streamed reply. Requests for a whole one are answered as if nothing were wrong. */
export interface MidStreamFault {
  readonly name: 'stall' | 'close-early' | 'malformed-event' | 'error-event'
  /** How many deltas come before it. Default: half of them. */
  readonly afterTokens?: number
}

/** The connection is lost: over HTTP the socket is destroyed, in the handler the body fails. */
export interface CutFault {
  readonly name: 'cut'
  /** How many bytes of the body come before it. Default: half of them. */
  readonly atByte?: number
}

export interface OtherFault {
  readonly name:
    | 'unreachable'
    | 'no-response'
    | 'html'
    | 'json'
    | 'stall-before-first-token'
    | 'no-finish-reason'
    | 'no-done'
    | 'no-final-newline'
}

/** Something that goes wrong on demand. `faultNames` lists what there is, the package's README what each one does. */
export type Fault = HttpFault | MidStreamFault | CutFault | OtherFault

export type FaultName = Fault['name']

/**
 * What goes wrong: always the same, or decided for each request. `request.attempt` counts how often the same messages
 * were sent; a fault that is undefined is none.
 */
export type FaultOption = Fault | FaultName | ((request: RecordedRequest) => Fault | FaultName | undefined)

/** Every fault, in the order in which they can strike. */
export const faultNames: readonly FaultName[] = [
  'unreachable',
  'no-response',
  'bad-request',
  'unauthorized',
  'payment-required',
  'forbidden',
  'model-not-found',
  'context-too-long',
  'rate-limited',
  'server-error',
  'overloaded',
  'html',
  'json',
  'stall-before-first-token',
  'stall',
  'cut',
  'close-early',
  'malformed-event',
  'error-event',
  'no-finish-reason',
  'no-done',
  'no-final-newline',
]

/** Fails the first attempts at the same messages, then lets them through: for tests of retrying. */
export function failFirst(attempts: number, fault: Fault | FaultName): FaultOption {
  return ({ attempt }) => (attempt <= attempts ? fault : undefined)
}

/** The fault that strikes this request, if any. */
export function selectFault(option: FaultOption | undefined, request: RecordedRequest): Fault | undefined {
  const fault = typeof option === 'function' ? option(request) : option
  return typeof fault === 'string' ? { name: fault } : fault
}
