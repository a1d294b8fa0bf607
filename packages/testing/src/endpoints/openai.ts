import { openaiChatEncoding } from '../encoders/openai-chat.ts'
import { openaiResponsesEncoding } from '../encoders/openai-responses.ts'
import type { HttpFaultName } from '../faults/fault.ts'
import { isObject, type JsonObject, objectsOf } from '../json.ts'
import type { RequestMessage } from '../recorded-request.ts'
import {
  bearerKey,
  type Endpoint,
  errorResponse,
  outputText,
  type Refusal,
  stringOf,
  systemMessages,
  textOf,
} from './endpoint.ts'

interface OpenAIError {
  readonly status: number
  readonly message: string
  readonly type: string
  readonly code: string | null
}

// Worded as OpenAI does; the 402 is DeepSeek's, since OpenAI has none.
const errors: Readonly<Record<HttpFaultName, OpenAIError>> = {
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

/** What both of OpenAI's formats share. */
const shared = {
  requestIdHeader: 'x-request-id',
  readKey: bearerKey,
  refuse: ({ name, retryAfterSeconds }: Refusal) => refuse(errors[name], retryAfterSeconds),
  listsModels: (_: Headers, { pathname }: URL) => pathname.endsWith('/models'),
  modelList: (models: readonly string[]) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'millrace' })),
  }),
}

export const openaiChatEndpoint: Endpoint = {
  ...shared,
  encoding: openaiChatEncoding,
  chatPath: /\/chat\/completions$/,
  idPrefix: 'chatcmpl-',
  readRequest: (body) => ({
    model: stringOf(body.model),
    messages: objectsOf(body.messages).map(({ role, content }) => ({ role: String(role), text: textOf(content) })),
    tools: objectsOf(body.tools).flatMap(({ function: tool }) => (isObject(tool) ? toTool(tool) : [])),
    wantsStream: body.stream === true,
    wantsUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
  }),
}

export const openaiResponsesEndpoint: Endpoint = {
  ...shared,
  encoding: openaiResponsesEncoding,
  chatPath: /\/responses$/,
  idPrefix: 'resp_',
  readRequest: (body) => ({
    model: stringOf(body.model),
    messages: [...systemMessages(body.instructions), ...inputMessages(body.input)],
    tools: objectsOf(body.tools).map(toTool),
    wantsStream: body.stream === true,
    wantsUsage: true,
  }),
}

/** The answer to an address where nothing is. */
export function unknownAddress(): Response {
  return refuse({ status: 404, message: 'Invalid URL', type: 'invalid_request_error', code: 'unknown_url' })
}

function refuse({ status, message, type, code }: OpenAIError, retryAfterSeconds?: number): Response {
  return errorResponse(status, { error: { message, type, param: null, code } }, retryAfterSeconds)
}

/** Items are messages, calls and what calls returned; thoughts are nobody's business. */
function inputMessages(input: unknown): RequestMessage[] {
  if (typeof input === 'string') return [{ role: 'user', text: input }]
  return objectsOf(input).flatMap(({ type, role, content, output }) => {
    if (type === 'function_call_output') return [{ role: 'tool', text: outputText(output) }]
    return typeof role === 'string' ? [{ role, text: textOf(content) }] : []
  })
}

function toTool({ name, parameters }: JsonObject) {
  return { name: stringOf(name), parameters }
}
