import type { Chunk } from '../chunk.ts'
import { asNumber, asObject, asText, defined, isObject, type JsonObject } from '../json.ts'
import type { FinishReason } from '../message.ts'
import { errorFromPayload } from '../provider-error.ts'
import { bearerHeaders } from './bearer-headers.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createStartReader } from './message-start.ts'
import { uiMessageStreamBody } from './ui-message-stream-request.ts'
import { createUiToolCallReader } from './ui-message-stream-tools.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * The UI message stream of Vercel's AI SDK, so that a route written for `useChat` works unchanged. The base URL is that
 * route itself, `/api/chat` say.
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
export const uiMessageStream: WireFormat = {
  name: 'ui-message-stream',
  request: (request, target) => ({
    url: target.baseURL,
    headers: bearerHeaders(request, target),
    body: uiMessageStreamBody(request),
  }),
  createDecoder: (options) => createJsonDecoder(createReader, options),
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content-filter'],
  ['tool-calls', 'tool-calls'],
  ['error', 'error'],
])

// What this format's events are called, those of later versions included.
const eventType = /^(start|text|reasoning|tool|source|file|data|message-metadata|finish|abort|error)(-|$)/

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  const readStart = createStartReader(emit)
  const toolCalls = createUiToolCallReader(emit)
  let reasoningId: unknown
  let finishReason: FinishReason | undefined
  let hasFailed = false

  function readReasoning({ id, delta, providerMetadata }: JsonObject): void {
    const text = typeof delta === 'string' ? delta : ''
    // Only the route knows what its provider wants to have back: that goes back as it came.
    const signature = isObject(providerMetadata) ? JSON.stringify(providerMetadata) : undefined
    if (!text && !signature) return
    // One block after the other is a new paragraph. Text is not: some providers cut it at every citation.
    const separator = text && reasoningId !== undefined && reasoningId !== id ? '\n\n' : ''
    if (text) reasoningId = id
    emit({ type: 'reasoning-delta', text: separator + text, ...(signature && { signature }) })
  }

  /** What a route tells of a message is its own affair; the model and the usage have the names that the SDK's guides use. */
  function readMetadata(metadata: JsonObject): void {
    if (Object.keys(metadata).length > 0) emit({ type: 'message-start', metadata })
    readStart(undefined, metadata.model)
    const usage = asObject(metadata.usage ?? metadata.totalUsage)
    const [input, output] = [asNumber(usage.inputTokens), asNumber(usage.outputTokens)]
    if (input === undefined && output === undefined) return
    const [inputTokens, outputTokens] = [input ?? 0, output ?? 0]
    emit({
      type: 'usage',
      usage: defined({
        inputTokens,
        outputTokens,
        totalTokens: asNumber(usage.totalTokens) ?? inputTokens + outputTokens,
        reasoningTokens:
          asNumber(usage.reasoningTokens) ?? asNumber(asObject(usage.outputTokenDetails).reasoningTokens),
        cachedInputTokens:
          asNumber(usage.cachedInputTokens) ?? asNumber(asObject(usage.inputTokenDetails).cacheReadTokens),
      }),
    })
  }

  function readData(name: string, { data, id, transient }: JsonObject): void {
    emit(defined({ type: 'data', name, data, id: asText(id), transient: transient === true || undefined }))
  }

  function readError(message: string | undefined): void {
    hasFailed = true
    emit({ type: 'error', error: errorFromPayload({ message }) })
  }

  function readFinish(reason: string | undefined): void {
    // Older versions only say that the message is complete, not why.
    finishReason = reason ? (finishReasons.get(reason) ?? 'unknown') : (finishReason ?? 'unknown')
  }

  function readContent(payload: JsonObject): void {
    const url = asText(payload.url)
    switch (payload.type) {
      case 'reasoning-start':
      case 'reasoning-delta':
      case 'reasoning-end':
        return readReasoning(payload)
      case 'text-delta':
        if (payload.delta && typeof payload.delta === 'string') emit({ type: 'text-delta', text: payload.delta })
        break
      case 'file':
        if (url) emit({ type: 'file', url, mediaType: asText(payload.mediaType) ?? 'application/octet-stream' })
        break
      case 'source-document':
        readDocument(payload)
        break
      case 'source-url':
        if (url) emit(defined({ type: 'source', url, title: asText(payload.title), id: asText(payload.sourceId) }))
        break
      default:
        if (!toolCalls.read(payload)) return
    }
    // Something else came between, so thinking that goes on after it is a part of its own.
    reasoningId = undefined
  }

  /** It has no address to go to: whoever shows it knows what it is. */
  function readDocument({ sourceId, title, mediaType, filename }: JsonObject): void {
    const id = asText(sourceId)
    if (id) emit({ type: 'data', name: 'source-document', id, data: defined({ title, mediaType, filename }) })
  }

  return {
    read(payload) {
      const type = asText(payload.type)
      if (type === 'text-delta') {
        readContent(payload)
        return true
      }
      if (!type || !eventType.test(type)) return false
      if (type === 'start') readStart(payload.messageId, undefined)
      else if (type === 'finish') readFinish(asText(payload.finishReason))
      else if (type === 'abort') finishReason = 'aborted'
      else if (type === 'error') readError(asText(payload.errorText))
      else if (type.startsWith('data-')) readData(type.slice('data-'.length), payload)
      else readContent(payload)
      readMetadata(asObject(payload.messageMetadata))
      return true
    },
    close(ending) {
      if (hasFailed) return 'error'
      const isOver = finishReason ? finishReason !== 'aborted' && finishReason !== 'error' : ending === 'terminated'
      const hasCalls = isOver && toolCalls.end()
      return hasCalls && (finishReason === 'stop' || finishReason === 'unknown') ? 'tool-calls' : finishReason
    },
    isTerminator: (_, data) => data === '[DONE]',
  }
}
