import type { HttpFault, HttpFaultName } from './fault.ts'

interface Refusal {
  readonly status: number
  readonly message: string
  readonly type: string
  readonly code: string | null
  readonly retryAfterSeconds?: number
}

// Worded as OpenAI does; the 402 is DeepSeek's, since OpenAI has none.
const refusals: Readonly<Record<HttpFaultName, Refusal>> = {
  'bad-request': {
    status: 400,
    message: "Invalid type for 'temperature': expected a decimal, but got a string instead.",
    type: 'invalid_request_error',
    code: 'invalid_type',
  },
  unauthorized: {
    status: 401,
    message: 'Incorrect API key provided.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  },
  'payment-required': {
    status: 402,
    message: 'Insufficient Balance',
    type: 'unknown_error',
    code: 'invalid_request_error',
  },
  forbidden: {
    status: 403,
    message: 'Country, region, or territory not supported',
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  },
  'model-not-found': {
    status: 404,
    message: 'The model does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    code: 'model_not_found',
  },
  'context-too-long': {
    status: 400,
    message:
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 131072 tokens. Please reduce the length of the messages.",
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
  },
  'rate-limited': {
    status: 429,
    message: 'Rate limit reached for requests. Limit: 3 per minute.',
    type: 'requests',
    code: 'rate_limit_exceeded',
    retryAfterSeconds: 20,
  },
  'server-error': {
    status: 500,
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
    code: null,
  },
  overloaded: {
    status: 503,
    message: 'The engine is currently overloaded, please try again later',
    type: 'service_unavailable',
    code: null,
  },
}

/** The response that turns a request down, or undefined where the fault is of another kind. */
export function httpFaultResponse(fault: {
  readonly name: string
  readonly retryAfterSeconds?: number
}): Response | undefined {
  if (!isHttpFault(fault)) return undefined
  const { status, retryAfterSeconds, ...error } = { ...refusals[fault.name], ...definedRetryAfter(fault) }
  return errorResponse(status, error, retryAfterSeconds)
}

/** An error the way OpenAI sends it. */
export function errorResponse(
  status: number,
  { message, type, code }: { readonly message: string; readonly type: string; readonly code: string | null },
  retryAfterSeconds?: number,
): Response {
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) }
  return Response.json({ error: { message, type, param: null, code } }, { status, ...(headers && { headers }) })
}

function isHttpFault(fault: { readonly name: string }): fault is HttpFault {
  return Object.hasOwn(refusals, fault.name)
}

function definedRetryAfter({ retryAfterSeconds }: HttpFault): { readonly retryAfterSeconds?: number } {
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
}
