import { type Chunk, encodeSse, type FinishReason, type Part } from '@millrace/core'
import { isObject, parseJson } from '../json.ts'
import { isBrokenOff } from './error-names.ts'
import { fileUrl } from './files.ts'
import { callInput, createCallCollector, type WholeCall } from './whole-calls.ts'
import { wholeMessage } from './whole-message.ts'
import type { ChunkOf, WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * The UI message stream of Vercel's AI SDK. Reading what it writes gives the same chunks back, where they come as a
 * reader gives them: the id of the response first and the model in a second `message-start`, calls that are left to the
 * client over at the end.
 *
 * Does not travel: the name of a file, and of an error all but its message. A refusal is text. A signature is the JSON
 * of an object here; any other is wrapped in one. A source without an id gets its address for one, a file its data URL.
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
export const uiMessageStreamEncoding: WireEncoding = {
  name: 'ui-message-stream',
  contentType: 'text/event-stream; charset=utf-8',
  headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
  malformedEvent: 'data: {"type":"text-delta","id":"0","del\n\n',
  createEncoder,
  encodeWhole,
}

/** A reason that is missing here has no spelling. */
const finishReasons: Readonly<Partial<Record<FinishReason, string>>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool-calls',
  'content-filter': 'content-filter',
  error: 'error',
}

function createEncoder(): WireEncoder {
  const calls = createCallCollector()
  let blockCount = 0
  let openBlock: { readonly type: 'text' | 'reasoning'; readonly id: string } | undefined
  let hasStarted = false
  let isOver = false

  function closeBlock(): string[] {
    const closed = openBlock ? [event(`${openBlock.type}-end`, { id: openBlock.id })] : []
    openBlock = undefined
    return closed
  }

  /** Goes on with the open block where it is of that type, else opens one. */
  function inBlock(type: 'text' | 'reasoning', delta: object): string[] {
    const before = openBlock?.type === type ? [] : closeBlock()
    const isNew = !openBlock
    openBlock ??= { type, id: String(blockCount++) }
    const { id } = openBlock
    if (isNew) before.push(event(`${type}-start`, { id }))
    return [...before, event(`${type}-delta`, { id, ...delta })]
  }

  function start({ responseId, model }: ChunkOf<'message-start'>): string[] {
    const messageMetadata = model && { messageMetadata: { model } }
    if (hasStarted) return messageMetadata ? [event('message-metadata', messageMetadata)] : []
    hasStarted = true
    return [event('start', { ...(responseId && { messageId: responseId }), ...messageMetadata }), event('start-step')]
  }

  function finish(finishReason: FinishReason): string[] {
    if (finishReason === 'incomplete') return []
    isOver = true
    if (finishReason === 'aborted') return [...closeBlock(), event('abort')]
    const reason = finishReasons[finishReason]
    return [...closeBlock(), event('finish-step'), event('finish', reason ? { finishReason: reason } : {})]
  }

  function write(chunk: Chunk): string[] {
    switch (chunk.type) {
      case 'message-start':
        return start(chunk)
      case 'text-delta':
      case 'refusal-delta':
        return chunk.text ? inBlock('text', { delta: chunk.text }) : []
      case 'reasoning-delta':
        return chunk.text || chunk.signature ? inBlock('reasoning', { delta: chunk.text, ...metadata(chunk) }) : []
      case 'tool-call-start': {
        const { toolCallId, toolName, providerExecuted } = chunk
        const start = event('tool-input-start', { toolCallId, toolName, ...(providerExecuted && { providerExecuted }) })
        return [...closeBlock(), start]
      }
      case 'tool-call-delta': {
        const { toolCallId, argumentsText } = chunk
        return argumentsText ? [event('tool-input-delta', { toolCallId, inputTextDelta: argumentsText })] : []
      }
      case 'tool-call-end':
        return []
      case 'tool-call-output': {
        const { toolCallId, output, errorText } = chunk
        if (errorText !== undefined) return [event('tool-output-error', { toolCallId, errorText })]
        return [event('tool-output-available', { toolCallId, output: output ?? null })]
      }
      case 'source':
        return [...closeBlock(), event('source-url', sourceFields(chunk))]
      case 'file':
        return [...closeBlock(), event('file', { url: fileUrl(chunk), mediaType: chunk.mediaType })]
      case 'data': {
        const { name, type: _type, ...data } = chunk
        return [event(`data-${name}`, data)]
      }
      case 'usage':
        return [event('message-metadata', { messageMetadata: { usage: chunk.usage } })]
      case 'error':
        if (isBrokenOff(chunk.error)) return []
        return [...closeBlock(), event('error', { errorText: chunk.error.message })]
      case 'message-end':
        return finish(chunk.finishReason)
    }
  }

  return {
    push(chunk) {
      const call = calls.push(chunk)
      return [...write(chunk), ...(call ? [wholeCall(call)] : [])]
    },
    end: () => (isOver ? [encodeSse({ data: '[DONE]' })] : []),
  }
}

/** The call once more, whole: with its input, or with what is wrong with it. */
function wholeCall(call: WholeCall): string {
  const { toolCallId, toolName, providerExecuted, argumentsText } = call
  const identified = { toolCallId, toolName, ...(providerExecuted && { providerExecuted }) }
  const input = callInput(call)
  if (input !== undefined) return event('tool-input-available', { ...identified, input })
  return event('tool-input-error', { ...identified, input: argumentsText, errorText: 'The arguments are not JSON.' })
}

/** The message as a route would store it. The format itself knows no answer but a stream, so no reader takes this. */
function encodeWhole(chunks: readonly Chunk[]): object {
  const { metadata, model, parts, usage, finishReason } = wholeMessage(chunks)
  return {
    id: metadata?.responseId,
    role: 'assistant',
    metadata: { model, usage, finishReason },
    parts: [{ type: 'step-start' }, ...parts.flatMap(toUiPart)],
  }
}

function toUiPart(part: Part): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: part.text, state: 'done' }]
    case 'reasoning':
      return [{ type: 'reasoning', text: part.text, state: 'done', ...metadata(part) }]
    case 'tool-call':
      return [{ type: `tool-${part.toolName}`, toolCallId: part.toolCallId, state: part.state, input: callInput(part) }]
    case 'source':
      return [{ type: 'source-url', ...sourceFields(part) }]
    case 'file':
      return [{ type: 'file', mediaType: part.mediaType, url: fileUrl(part) }]
    case 'data': {
      const { name, type: _type, ...data } = part
      return [{ type: `data-${name}`, ...data }]
    }
    default:
      return []
  }
}

function metadata({ signature }: { readonly signature?: string }): object {
  if (!signature) return {}
  const parsed = parseJson(signature)
  return { providerMetadata: isObject(parsed) ? parsed : { fake: { signature } } }
}

function sourceFields({
  url,
  title,
  id = url,
}: {
  readonly url: string
  readonly title?: string
  readonly id?: string
}) {
  return { sourceId: id, url, ...(title && { title }) }
}

function event(type: string, payload: object = {}): string {
  return encodeSse({ data: JSON.stringify({ type, ...payload }) })
}
