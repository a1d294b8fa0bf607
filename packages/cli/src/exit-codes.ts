import { ChatError, type ChatErrorCode, type Message } from '@millrace/core'
import { MissingKeyError, UsageError } from './usage-error.ts'

/** What a script can tell from `$?`. The README and `millrace ask --help` list them; a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  other: 1,
  usage: 2,
  key: 3,
  payment: 4,
  busy: 5,
  unreachable: 6,
  brokenOff: 7,
  unreadable: 8,
  stopped: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The table of `--help`. */
export const exitCodeHelp = `Exit codes:
    0  the reply is whole, or as long as the limit allowed
    1  anything else: no such model, a thread too long, content withheld, a bug
    2  the command line, or a variable it needs, is wrong
    3  the key is missing, wrong or not allowed to do this
    4  the account has to be paid for
    5  the provider is busy, or limits how often it is asked
    6  the provider cannot be reached, or did not answer in time
    7  the reply broke off or went silent; what had come was printed
    8  the answer is not a reply that can be read
  130  stopped with Ctrl-C; what had come was printed`

const byErrorCode: Readonly<Partial<Record<ChatErrorCode, ExitCode>>> = {
  unauthorized: exitCodes.key,
  forbidden: exitCodes.key,
  'payment-required': exitCodes.payment,
  'rate-limited': exitCodes.busy,
  overloaded: exitCodes.busy,
  offline: exitCodes.unreachable,
  network: exitCodes.unreachable,
  cors: exitCodes.unreachable,
  'connect-timeout': exitCodes.unreachable,
  'first-token-timeout': exitCodes.unreachable,
  incomplete: exitCodes.brokenOff,
  stalled: exitCodes.brokenOff,
  'not-a-stream': exitCodes.unreadable,
  'malformed-event': exitCodes.unreadable,
  'event-too-large': exitCodes.unreadable,
}

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof MissingKeyError) return exitCodes.key
  if (error instanceof UsageError) return exitCodes.usage
  return (error instanceof ChatError && byErrorCode[error.code]) || exitCodes.other
}

/** How a reply ended, as a number. A reply cut at its length limit is what was asked for; one that was withheld is not. */
export function exitCodeOfReply({ finishReason, error }: Message): ExitCode {
  switch (finishReason) {
    case 'aborted':
      return exitCodes.stopped
    case 'incomplete':
      return error ? exitCodeOfError(error) : exitCodes.brokenOff
    case 'error':
    case 'content-filter':
    case undefined:
      return exitCodeOfError(error)
    default:
      return exitCodes.ok
  }
}
