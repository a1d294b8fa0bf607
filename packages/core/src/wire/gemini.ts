import type { Chunk } from '../chunk.ts'
import { asNumber, asObject, asObjects, asText, defined, isObject, type JsonObject } from '../json.ts'
import type { FinishReason, Usage } from '../message.ts'
import { geminiBody } from './gemini-request.ts'
import { createEventOrArrayDecoder } from './json-array.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createStartReader } from './message-start.ts'
import { createSourceReader } from './sources.ts'
import { createWholeToolCallReader } from './whole-tool-calls.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * Google's Gemini API. The base URL goes up to and without `/models`.
 * @see https://ai.google.dev/api/generate-content
 */
export const gemini: WireFormat = {
  name: 'gemini',
  request: (request, { baseURL, apiKey }) => ({
    // Without `alt=sse` the answer is one growing array, which is read too.
    url: `${baseURL}/${pathOf(request.model)}:streamGenerateContent?alt=sse`,
    headers: { ...(apiKey && { 'x-goog-api-key': apiKey }), ...request.headers },
    body: geminiBody(request),
  }),
  createDecoder: (options) => createJsonDecoder(createReader, options, createEventOrArrayDecoder),
}

/**
 * Lists name a model with its folder, people without.
 * @throws {TypeError} for a name that would lead to another address, and take the key there.
 */
function pathOf(model: string): string {
  if (/(^|\/)\.\.?(\/|$)/.test(model)) throw new TypeError('The name of a model may not lead elsewhere.')
  const path = model.includes('/') ? model : `models/${model}`
  return path.replace(/[?#%\\\s]/g, encodeURIComponent)
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
  ['IMAGE_RECITATION', 'content-filter'],
  ['MALFORMED_FUNCTION_CALL', 'error'],
  ['MALFORMED_RESPONSE', 'error'],
  ['UNEXPECTED_TOOL_CALL', 'error'],
  ['TOO_MANY_TOOL_CALLS', 'error'],
  ['MISSING_THOUGHT_SIGNATURE', 'error'],
])

// What a chunk of a search may have found.
const sourceKinds = ['web', 'retrievedContext', 'maps']

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  const readStart = createStartReader(emit)
  const toolCalls = createWholeToolCallReader(emit)
  const readSource = createSourceReader(emit)
  let finishReason: FinishReason | undefined
  let isTextOpen = false
  let heldSignature: string | undefined

  /**
   * A signature belongs to the part it came with, and says that part's thoughts to the model on the next turn. It goes
   * before the part; in the middle of a text, which it would cut in two, it waits for the end of it.
   */
  function sign(signature: string | undefined, isText: boolean): void {
    if (isText && isTextOpen) heldSignature = signature ?? heldSignature
    else {
      if (heldSignature) emit({ type: 'reasoning-delta', text: '', signature: heldSignature })
      heldSignature = undefined
      if (signature) emit({ type: 'reasoning-delta', text: '', signature })
    }
    isTextOpen = isText
  }

  function readPart(part: JsonObject): void {
    const signature = asText(part.thoughtSignature)
    const text = asText(part.text)
    if (part.thought === true) readThought(text ?? '', signature)
    else if (typeof part.text === 'string') {
      // The last part is often an empty text, for its signature alone.
      if (text || signature) sign(signature, true)
      if (text) emit({ type: 'text-delta', text })
    } else {
      sign(signature, false)
      readCall(asObject(part.functionCall))
      readCode(asObject(part.executableCode))
      readFile(asObject(part.inlineData), asObject(part.fileData))
    }
  }

  function readThought(text: string, signature: string | undefined): void {
    if (!text && !signature) return
    sign(undefined, false)
    emit({ type: 'reasoning-delta', text, ...(signature && { signature }) })
  }

  function readCall(call: JsonObject): void {
    const toolName = asText(call.name)
    // A call that goes on in later parts is only sent to those who ask for it, and cannot be read.
    if (!toolName || call.willContinue === true) return
    toolCalls.read({ toolCallId: asText(call.id), toolName, argumentsText: JSON.stringify(call.args ?? {}) })
  }

  /** The model's own sandbox runs this. */
  function readCode({ id, ...input }: JsonObject): void {
    if (typeof input.code !== 'string') return
    const toolCallId = typeof id === 'string' && id ? id : undefined
    const argumentsText = JSON.stringify(input)
    toolCalls.read({ toolCallId, toolName: 'code_execution', argumentsText, providerExecuted: true })
  }

  function readFile(inlineData: JsonObject, fileData: JsonObject): void {
    const data = asText(inlineData.data)
    const url = asText(fileData.fileUri)
    const mediaType = asText(inlineData.mimeType) ?? asText(fileData.mimeType) ?? 'application/octet-stream'
    if (data || url) emit(defined({ type: 'file', mediaType, data, url }))
  }

  function readSources(candidate: JsonObject): void {
    for (const chunk of asObjects(asObject(candidate.groundingMetadata).groundingChunks))
      for (const kind of sourceKinds) readLink(asObject(chunk[kind]))
    const citations = asObject(candidate.citationMetadata)
    for (const source of asObjects(citations.citationSources)) readLink(source)
    // Vertex AI has another name for them.
    for (const source of asObjects(citations.citations)) readLink(source)
  }

  const readLink = ({ uri, title }: JsonObject) => readSource({ url: uri, title })

  return {
    read(payload) {
      const { candidates, promptFeedback, usageMetadata } = payload
      if (!Array.isArray(candidates) && !isObject(promptFeedback) && !isObject(usageMetadata)) return false
      readStart(payload.responseId, payload.modelVersion)
      // A message is the first of several candidates.
      const candidate = asObjects(payload.candidates).find(({ index }) => (index ?? 0) === 0) ?? {}
      for (const part of asObjects(asObject(candidate.content).parts)) readPart(part)
      readSources(candidate)
      if (isObject(usageMetadata)) emit({ type: 'usage', usage: toUsage(usageMetadata) })
      // Older models say STOP in every chunk, so the last reason counts, at the end of the body.
      const reason = asText(candidate.finishReason)
      if (reason) finishReason = finishReasons.get(reason) ?? 'unknown'
      if (asText(asObject(promptFeedback).blockReason)) finishReason = 'content-filter'
      return true
    },
    close(ending) {
      sign(undefined, false)
      // A STOP that may be said in every chunk proves nothing where the body broke off.
      if (ending === 'broken') return undefined
      return toolCalls.hasCalls && finishReason === 'stop' ? 'tool-calls' : finishReason
    },
    isTerminator: () => false,
  }
}

function toUsage(usage: JsonObject): Usage {
  const inputTokens = asNumber(usage.promptTokenCount) ?? 0
  const outputTokens = asNumber(usage.candidatesTokenCount) ?? 0
  const reasoningTokens = asNumber(usage.thoughtsTokenCount)
  return defined({
    inputTokens,
    outputTokens,
    // Thoughts are counted beside the answer, not in it.
    totalTokens: asNumber(usage.totalTokenCount) ?? inputTokens + outputTokens + (reasoningTokens ?? 0),
    reasoningTokens,
    cachedInputTokens: asNumber(usage.cachedContentTokenCount),
  })
}
