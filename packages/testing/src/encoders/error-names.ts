import type { ChatError, ChatErrorCode } from '@millrace/core'

type Names<Name> = Readonly<Partial<Record<ChatErrorCode, Name>>>

// Codes that are missing here are failures of the server's own.
const anthropicTypes: Names<string> = {
  'bad-request': 'invalid_request_error',
  'context-too-long': 'invalid_request_error',
  unauthorized: 'authentication_error',
  'payment-required': 'billing_error',
  forbidden: 'permission_error',
  'model-not-found': 'not_found_error',
  'rate-limited': 'rate_limit_error',
  overloaded: 'overloaded_error',
}

interface GoogleStatus {
  readonly code: number
  readonly status: string
}

const googleStatuses: Names<GoogleStatus> = {
  'bad-request': { code: 400, status: 'INVALID_ARGUMENT' },
  'context-too-long': { code: 400, status: 'INVALID_ARGUMENT' },
  // A bad key is a bad argument there.
  unauthorized: { code: 400, status: 'INVALID_ARGUMENT' },
  'payment-required': { code: 402, status: 'FAILED_PRECONDITION' },
  forbidden: { code: 403, status: 'PERMISSION_DENIED' },
  'model-not-found': { code: 404, status: 'NOT_FOUND' },
  'rate-limited': { code: 429, status: 'RESOURCE_EXHAUSTED' },
  overloaded: { code: 503, status: 'UNAVAILABLE' },
}

/** What Anthropic calls an error of that code. */
export function anthropicErrorType(code: ChatErrorCode): string {
  return anthropicTypes[code] ?? 'api_error'
}

/** What Google calls an error of that code. */
export function googleErrorStatus(code: ChatErrorCode): GoogleStatus {
  return googleStatuses[code] ?? { code: 500, status: 'INTERNAL' }
}

/** Whether the error is no more than that the reply broke off: then the provider has said nothing, and neither do we. */
export function isBrokenOff({ code }: ChatError): boolean {
  return code === 'incomplete' || code === 'stalled'
}
