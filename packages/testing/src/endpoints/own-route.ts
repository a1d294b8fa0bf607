import { textEncoding } from '../encoders/text.ts'
import { uiMessageStreamEncoding } from '../encoders/ui-message-stream.ts'
import type { HttpFaultName } from '../faults/fault.ts'
import { isObject, type JsonObject, objectsOf } from '../json.ts'
import type { RequestMessage } from '../recorded-request.ts'
import {
  bearerKey,
  type Endpoint,
  outputText,
  type Refusal,
  retryAfter,
  stringOf,
  systemMessages,
  textOf,
} from './endpoint.ts'
import { openaiChatEndpoint } from './openai.ts'

const errors: Readonly<Record<HttpFaultName, readonly [status: number, message: string]>> = {
  'bad-request': [400, 'Bad request'],
  unauthorized: [401, 'Unauthorized'],
  'payment-required': [402, 'Payment required'],
  forbidden: [403, 'Forbidden'],
  'model-not-found': [404, 'There is no such model'],
  'context-too-long': [413, 'The conversation is too long'],
  'rate-limited': [429, 'Too many requests'],
  'server-error': [500, 'Internal server error'],
  overloaded: [503, 'Service unavailable'],
}

/** Routes of an application's own: at any path, and their errors are text. */
const shared = {
  idPrefix: 'msg-',
  requestIdHeader: 'x-request-id',
  readKey: bearerKey,
  refuse({ name, retryAfterSeconds }: Refusal) {
    const [status, message] = errors[name]
    return new Response(message, {
      status,
      headers: { 'content-type': 'text/plain', ...retryAfter(retryAfterSeconds) },
    })
  },
  listsModels: () => false,
  modelList: openaiChatEndpoint.modelList,
}

/** A route written for `useChat`. */
export const uiMessageStreamEndpoint: Endpoint = {
  ...shared,
  encoding: uiMessageStreamEncoding,
  readRequest: (body) => ({
    model: stringOf(body.model),
    messages: [...systemMessages(body.system), ...objectsOf(body.messages).flatMap(toMessages)],
    tools: toTools(body.tools),
    wantsStream: true,
    wantsUsage: true,
  }),
}

/** A route that answers text to what OpenAI's format asks. */
export const textEndpoint: Endpoint = {
  ...shared,
  encoding: textEncoding,
  readRequest: (body, url) => ({ ...openaiChatEndpoint.readRequest(body, url), wantsStream: body.stream !== false }),
}

function toTools(tools: unknown) {
  if (!isObject(tools)) return []
  return Object.entries(tools).flatMap(([name, tool]) =>
    isObject(tool) ? { name, parameters: tool.parameters ?? tool.inputSchema } : [],
  )
}

/** What a tool returned stands among the parts of the reply that called it, and comes before the rest of them. */
function toMessages({ role, parts, content }: JsonObject): RequestMessage[] {
  const messages: RequestMessage[] = []
  let text = textOf(content)
  for (const part of objectsOf(parts)) {
    if (part.type === 'text') text += stringOf(part.text)
    if (!String(part.state).startsWith('output-')) continue
    if (text) messages.push({ role: String(role), text })
    text = ''
    messages.push({ role: 'tool', text: outputText(part.errorText ?? part.output) })
  }
  return text || messages.length === 0 ? [...messages, { role: String(role), text }] : messages
}
