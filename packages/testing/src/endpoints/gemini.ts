import { googleErrorStatus } from '../encoders/error-names.ts'
import { geminiEncoding } from '../encoders/gemini.ts'
import type { HttpFaultName } from '../faults/fault.ts'
import { isObject, type JsonObject, objectsOf } from '../json.ts'
import type { RequestMessage } from '../recorded-request.ts'
import { type Endpoint, errorResponse, outputText, pageOf, stringOf, systemMessages, textOf } from './endpoint.ts'

// The 402 is none of Google's.
const messages: Readonly<Record<HttpFaultName, string>> = {
  'bad-request': `Invalid value at 'generation_config.temperature' (TYPE_FLOAT), "warm"`,
  unauthorized: 'API key not valid. Please pass a valid API key.',
  'payment-required': 'Insufficient credit. Please enable billing on your project.',
  forbidden: 'User location is not supported for the API use.',
  'model-not-found': 'models/fake-model is not found for API version v1beta, or is not supported for generateContent.',
  'context-too-long': 'The input token count (1180000) exceeds the maximum number of tokens allowed (1048576).',
  'rate-limited': 'You exceeded your current quota, please check your plan and billing details.',
  'server-error': 'An internal error has occurred. Please retry or report in https://developers.generativeai.google',
  overloaded: 'The model is overloaded. Please try again later.',
}

const chatPath = /\/([^/]+):(?:streamGenerateContent|generateContent)$/

/** Google's Gemini API. How long to wait stands in the body of an error, as Google has it, and not in a header. */
export const geminiEndpoint: Endpoint = {
  encoding: geminiEncoding,
  chatPath,
  idPrefix: 'gemini-',
  requestIdHeader: 'x-request-id',
  readRequest(body, { pathname, searchParams }) {
    const isStream = pathname.endsWith(':streamGenerateContent')
    const wantsStream = isStream && searchParams.get('alt') === 'sse'
    const instructions = body.systemInstruction ?? body.system_instruction
    return {
      model: decodeURIComponent(chatPath.exec(pathname)?.[1] ?? ''),
      messages: [
        ...systemMessages(isObject(instructions) ? instructions.parts : undefined),
        ...objectsOf(body.contents).flatMap(toMessages),
      ],
      tools: objectsOf(body.tools)
        .flatMap(({ functionDeclarations }) => objectsOf(functionDeclarations))
        .map((tool) => ({ name: stringOf(tool.name), parameters: tool.parametersJsonSchema ?? tool.parameters })),
      wantsStream,
      wantsUsage: true,
      wantsList: isStream && !wantsStream,
    }
  },
  readKey: (headers, { searchParams }) => headers.get('x-goog-api-key') ?? searchParams.get('key'),
  refuse({ name, retryAfterSeconds }) {
    const { code, status } = googleErrorStatus(name)
    const details = retryAfterSeconds === undefined ? {} : { details: [retryInfo(retryAfterSeconds)] }
    return errorResponse(code, { error: { code, message: messages[name], status, ...details } })
  },
  listsModels: (headers, { pathname, searchParams }) =>
    pathname.endsWith('/v1beta/models') ||
    (pathname.endsWith('/models') && (headers.has('x-goog-api-key') || searchParams.has('key'))),
  modelList(models, { searchParams }) {
    const start = Number(searchParams.get('pageToken') ?? 0)
    const length = Number(searchParams.get('pageSize') ?? 50)
    const { page, hasMore } = pageOf(models, start, length)
    return { models: page.map(toModel), ...(hasMore && { nextPageToken: String(start + length) }) }
  },
}

function retryInfo(seconds: number): object {
  return { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }
}

function toModel(id: string): object {
  return {
    name: `models/${id}`,
    displayName: id,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
  }
}

/** What tools returned comes in a content of the user, before what the user says. */
function toMessages({ role, parts }: JsonObject): RequestMessage[] {
  const responses = objectsOf(objectsOf(parts).map(({ functionResponse }) => functionResponse))
  const text = textOf(objectsOf(parts).filter(({ thought }) => thought !== true))
  const said = text || responses.length === 0 ? [{ role: role === 'model' ? 'assistant' : 'user', text }] : []
  return [...responses.map(toToolMessage), ...said]
}

function toToolMessage({ response }: JsonObject): RequestMessage {
  const { output, error } = isObject(response) ? response : {}
  return { role: 'tool', text: outputText(output ?? error ?? response) }
}
