import { anthropicEncoding } from '../encoders/anthropic.ts'
import { anthropicErrorType } from '../encoders/error-names.ts'
import type { HttpFaultName } from '../faults/fault.ts'
import { objectsOf } from '../json.ts'
import type { RequestMessage } from '../recorded-request.ts'
import { type Endpoint, errorResponse, outputText, pageOf, stringOf, systemMessages, textOf } from './endpoint.ts'

const errors: Readonly<Record<HttpFaultName, readonly [status: number, message: string]>> = {
  'bad-request': [400, 'temperature: Input should be a valid number'],
  unauthorized: [401, 'invalid x-api-key'],
  'payment-required': [402, 'Your credit balance is too low to access the Anthropic API.'],
  forbidden: [403, 'Request not allowed'],
  'model-not-found': [404, 'model: fake-model'],
  'context-too-long': [400, 'prompt is too long: 213462 tokens > 200000 maximum'],
  'rate-limited': [429, 'This request would exceed the rate limit for your organization of 50 requests per minute.'],
  'server-error': [500, 'Internal server error'],
  overloaded: [529, 'Overloaded'],
}

/** Anthropic's Messages, and its list of models in pages. */
export const anthropicEndpoint: Endpoint = {
  encoding: anthropicEncoding,
  chatPath: /\/messages$/,
  idPrefix: 'msg_',
  requestIdHeader: 'request-id',
  reportsUsageFirst: true,
  readRequest: (body) => ({
    model: stringOf(body.model),
    messages: [
      ...systemMessages(body.system),
      ...objectsOf(body.messages).flatMap(({ role, content }) => toMessages(String(role), content)),
    ],
    tools: objectsOf(body.tools).map(({ name, input_schema }) => ({ name: stringOf(name), parameters: input_schema })),
    wantsStream: body.stream === true,
    wantsUsage: true,
  }),
  readKey: (headers) => headers.get('x-api-key'),
  refuse({ name, retryAfterSeconds, requestId }) {
    const [status, message] = errors[name]
    const error = { type: anthropicErrorType(name), message }
    return errorResponse(status, { type: 'error', error, request_id: requestId }, retryAfterSeconds)
  },
  listsModels: (headers, { pathname }) =>
    pathname.endsWith('/models') && (headers.has('anthropic-version') || headers.has('x-api-key')),
  modelList(models, { searchParams }) {
    const after = searchParams.get('after_id')
    const start = after === null ? 0 : models.indexOf(after) + 1
    const { page, hasMore } = pageOf(models, start, Number(searchParams.get('limit') ?? 20))
    return {
      data: page.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-01-01T00:00:00Z' })),
      has_more: hasMore,
      first_id: page[0] ?? null,
      last_id: page.at(-1) ?? null,
    }
  },
}

/** What tools returned comes in a message of the user, before what the user says. */
function toMessages(role: string, content: unknown): RequestMessage[] {
  const results = objectsOf(content).filter(({ type }) => type === 'tool_result')
  const text = textOf(content)
  const said = text || results.length === 0 ? [{ role, text }] : []
  return [...results.map((result) => ({ role: 'tool', text: outputText(result.content) })), ...said]
}
