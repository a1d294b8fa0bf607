import { type Chunk, encodeSse, type FinishReason, type Part, type Usage } from '@millrace/core'
import { isObject } from '../json.ts'
import { googleErrorStatus, isBrokenOff } from './error-names.ts'
import { fileData } from './files.ts'
import { callInput, createCallCollector, type WholeCall } from './whole-calls.ts'
import { wholeMessage } from './whole-message.ts'
import type { ChunkOf, EncoderOptions, WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * Google's Gemini API. Reading what it writes gives the same chunks back, where they come as a reader gives them: calls
 * whole, their arguments as `JSON.stringify` writes them.
 *
 * Does not travel: the id of a source, the name of a file, calls that were cut short, calls that the provider runs but
 * for those with `code`, and of an error all but its message and status. A refusal is text. There is no terminator; a
 * reply without a finish reason says `OTHER`, and one that calls a tool with bad JSON ends as the provider ends it, in
 * an error.
 * @see https://ai.google.dev/api/generate-content
 */
export const geminiEncoding: WireEncoding = {
  name: 'gemini',
  contentType: 'text/event-stream',
  malformedEvent: 'data: {"candidates": [{"content": {"par\r\n\r\n',
  createEncoder,
  encodeWhole,
}

// A call does not change the reason.
const finishReasons: Readonly<Partial<Record<FinishReason, string>>> = {
  stop: 'STOP',
  'tool-calls': 'STOP',
  length: 'MAX_TOKENS',
  'content-filter': 'SAFETY',
  unknown: 'OTHER',
  error: 'MALFORMED_RESPONSE',
}

const malformedCall = 'MALFORMED_FUNCTION_CALL'

function createEncoder(_options?: EncoderOptions): WireEncoder {
  const calls = createCallCollector()
  let head: object = {}
  // Usage comes with the finish reason, so what comes next decides where it goes.
  let heldUsage: Usage | undefined
  let hasBadCall = false
  let hasFailed = false

  function event(payload: object): string {
    const text = encodeSse({ data: JSON.stringify({ ...payload, ...head }) })
    return text.replaceAll('\n', '\r\n')
  }

  function takeUsage(): { usageMetadata?: object } {
    const usage = heldUsage
    heldUsage = undefined
    return usage ? { usageMetadata: wireUsage(usage) } : {}
  }

  function say(...parts: object[]): string[] {
    return [event({ candidates: [{ content: { parts, role: 'model' }, index: 0 }] })]
  }

  function write(chunk: Exclude<Chunk, { type: 'usage' | 'message-end' }>): string[] {
    switch (chunk.type) {
      case 'message-start':
        head = { ...head, ...identity(chunk) }
        return say({ text: '' })
      case 'text-delta':
      case 'refusal-delta':
        return chunk.text ? say({ text: chunk.text }) : []
      case 'reasoning-delta':
        return chunk.text || chunk.signature ? say(thought(chunk)) : []
      case 'source':
        return [event({ candidates: [{ index: 0, groundingMetadata: grounding([chunk]) }] })]
      case 'file':
        return say(file(chunk))
      case 'error': {
        if (isBrokenOff(chunk.error)) return []
        hasFailed = true
        const { code, message } = chunk.error
        return [event({ error: { ...googleErrorStatus(code), message } })]
      }
      default: {
        const call = calls.push(chunk)
        const part = call && callPart(call)
        hasBadCall ||= call !== undefined && isBad(call)
        return part ? say(part) : []
      }
    }
  }

  function finish(finishReason: FinishReason): string[] {
    const reason = hasFailed ? undefined : hasBadCall ? malformedCall : finishReasons[finishReason]
    const usage = takeUsage()
    if (reason) return [event({ candidates: [{ finishReason: reason, index: 0 }], ...usage })]
    return usage.usageMetadata ? [event(usage)] : []
  }

  return {
    push(chunk) {
      if (chunk.type === 'message-end') return finish(chunk.finishReason)
      const earlier = takeUsage()
      const before = earlier.usageMetadata ? [event(earlier)] : []
      if (chunk.type !== 'usage') return [...before, ...write(chunk)]
      heldUsage = chunk.usage
      return before
    },
    end: () => [],
  }
}

function encodeWhole(chunks: readonly Chunk[]): object {
  const { metadata, model, parts, finishReason = 'unknown', usage } = wholeMessage(chunks)
  const sources = parts.filter((part) => part.type === 'source')
  const reason = parts.some((part) => part.type === 'tool-call' && isBad(part))
    ? malformedCall
    : finishReasons[finishReason]
  const candidate = {
    content: { parts: parts.flatMap(wholePart), role: 'model' },
    finishReason: reason,
    index: 0,
    ...(sources.length > 0 && { groundingMetadata: grounding(sources) }),
  }
  const identified = identity({ responseId: metadata?.responseId, model })
  return { candidates: [candidate], ...(usage && { usageMetadata: wireUsage(usage) }), ...identified }
}

function wholePart(part: Part): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ text: part.text }]
    case 'reasoning':
      return [thought(part)]
    case 'file':
      return [file(part)]
    case 'tool-call':
      return [callPart(part)].filter((found) => found !== undefined)
    default:
      return []
  }
}

function identity({
  responseId,
  model,
}: {
  readonly responseId?: unknown
  readonly model?: string | undefined
}): object {
  return { ...(model && { modelVersion: model }), ...(responseId !== undefined && { responseId }) }
}

function thought({ text, signature }: { readonly text: string; readonly signature?: string }): object {
  return { text, thought: true, ...(signature && { thoughtSignature: signature }) }
}

function isBad(call: Pick<WholeCall, 'argumentsText' | 'providerExecuted'>): boolean {
  return !call.providerExecuted && callInput(call) === undefined
}

/** Undefined for what has no place: bad JSON, and what the provider runs unless it is code. */
function callPart(call: Omit<WholeCall, 'type'>): object | undefined {
  const input = callInput(call)
  const { toolCallId: id, toolName: name } = call
  if (!call.providerExecuted) return input === undefined ? undefined : { functionCall: { id, name, args: input } }
  return isObject(input) && typeof input.code === 'string' ? { executableCode: { id, ...input } } : undefined
}

function file(chunk: Omit<ChunkOf<'file'>, 'type'>): object {
  const data = fileData({ ...chunk, type: 'file' })
  if (data !== undefined) return { inlineData: { mimeType: chunk.mediaType, data } }
  return { fileData: { mimeType: chunk.mediaType, fileUri: chunk.url } }
}

function grounding(sources: readonly { readonly url: string; readonly title?: string }[]): object {
  return { groundingChunks: sources.map(({ url, title }) => ({ web: { uri: url, ...(title && { title }) } })) }
}

function wireUsage({ inputTokens, outputTokens, totalTokens, reasoningTokens, cachedInputTokens }: Usage): object {
  return {
    promptTokenCount: inputTokens,
    candidatesTokenCount: outputTokens,
    totalTokenCount: totalTokens,
    ...(reasoningTokens !== undefined && { thoughtsTokenCount: reasoningTokens }),
    ...(cachedInputTokens !== undefined && { cachedContentTokenCount: cachedInputTokens }),
  }
}
