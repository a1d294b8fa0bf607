import { ollamaEncoding } from '../encoders/ollama.ts'
import type { HttpFaultName } from '../faults/fault.ts'
import { isObject, objectsOf } from '../json.ts'
import { bearerKey, type Endpoint, errorResponse, stringOf, textOf } from './endpoint.ts'

// Those about accounts come from ollama.com; on a machine of one's own there are none.
const errors: Readonly<Record<HttpFaultName, readonly [status: number, message: string]>> = {
  'bad-request': [400, 'option "temperature" must be of type float32'],
  unauthorized: [401, 'unauthorized'],
  'payment-required': [402, 'this model requires a subscription'],
  forbidden: [403, 'forbidden'],
  'model-not-found': [404, `model 'fake-model' not found`],
  'context-too-long': [400, 'the input length exceeds the context length'],
  'rate-limited': [429, 'you have reached your usage limit'],
  'server-error': [500, 'llama runner process has terminated: exit status 2'],
  overloaded: [503, 'server busy, please try again. maximum pending requests exceeded'],
}

/** Ollama's own API. It streams unless it is told not to. */
export const ollamaEndpoint: Endpoint = {
  encoding: ollamaEncoding,
  chatPath: /\/api\/chat$/,
  idPrefix: '',
  requestIdHeader: 'x-request-id',
  readRequest: (body) => ({
    model: stringOf(body.model),
    messages: objectsOf(body.messages).map(({ role, content }) => ({ role: String(role), text: textOf(content) })),
    tools: objectsOf(body.tools).flatMap(({ function: tool }) =>
      isObject(tool) ? { name: stringOf(tool.name), parameters: tool.parameters } : [],
    ),
    wantsStream: body.stream !== false,
    wantsUsage: true,
  }),
  readKey: bearerKey,
  refuse({ name, retryAfterSeconds }) {
    const [status, error] = errors[name]
    return errorResponse(status, { error }, retryAfterSeconds)
  },
  listsModels: (_, { pathname }) => pathname.endsWith('/api/tags'),
  modelList: (models) => ({
    models: models.map((name) => ({
      name,
      model: name,
      modified_at: '2025-01-01T00:00:00Z',
      size: 0,
      details: { format: 'gguf', family: 'fake' },
    })),
  }),
}
