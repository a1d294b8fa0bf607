import { type ChatError, type Chunk, encodeSse, type FinishReason, type Usage } from '@millrace/core'
import { isBrokenOff } from './error-names.ts'
import { fileData } from './files.ts'
import {
  type Call,
  callItem,
  imageItem,
  type Spoken,
  spokenItem,
  spokenPart,
  spokenTypes,
  wireUsage,
} from './responses-items.ts'
import type { ChunkOf, EncoderOptions, WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * OpenAI's Responses. Reading what it writes gives the same chunks back, where they come as a reader gives them: usage
 * with the end, a file after the call of the provider that made it.
 *
 * Does not travel: signatures, the id of a source, files that are no image or whose bytes are elsewhere, a call of
 * `image_generation` without its file, and of an error all but its message and the provider's word for it. The calls
 * that the provider runs go as those of an MCP server. A reply without a finish reason is `incomplete` without a why.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const openaiResponsesEncoding: WireEncoding = {
  name: 'openai-responses',
  contentType: 'text/event-stream; charset=utf-8',
  malformedEvent: 'event: response.output_text.delta\ndata: {"type":"response.output_te\n\n',
  createEncoder: (options) => createWriter(options).encoder,
  encodeWhole(chunks, options) {
    const { encoder, response } = createWriter(options)
    for (const chunk of chunks) encoder.push(chunk)
    return response()
  },
}

interface Ending {
  readonly status: 'completed' | 'incomplete' | 'failed'
  readonly reason?: string
}

const endings: Readonly<Partial<Record<FinishReason, Ending>>> = {
  stop: { status: 'completed' },
  'tool-calls': { status: 'completed' },
  length: { status: 'incomplete', reason: 'max_output_tokens' },
  'content-filter': { status: 'incomplete', reason: 'content_filter' },
  unknown: { status: 'incomplete' },
  error: { status: 'failed' },
}

/** Writes events, and keeps the response that they add up to. */
function createWriter({ created = 0 }: EncoderOptions = {}): { encoder: WireEncoder; response: () => object } {
  // Those that are done, by their index.
  const output: object[] = []
  const openCalls = new Map<string, Call>()
  let open: Spoken | undefined
  let itemCount = 0
  let eventCount = 0
  let id: string | undefined
  let model: string | undefined
  let usage: Usage | undefined
  let failure: Pick<ChatError, 'message' | 'code' | 'providerCode'> | undefined
  let ending: Ending | undefined
  let lastImageId: string | undefined

  function event(type: string, payload: object): string {
    return encodeSse({ type, data: JSON.stringify({ type, sequence_number: eventCount++, ...payload }) })
  }

  function response(): object {
    const { status = 'in_progress', reason } = ending ?? {}
    return {
      id,
      object: 'response',
      created_at: created,
      status,
      error: status === 'failed' ? (failure ? wireError(failure) : { code: 'server_error', message: 'Failed' }) : null,
      incomplete_details: reason ? { reason } : null,
      model,
      output: output.filter(Boolean),
      usage: usage ? wireUsage(usage) : null,
    }
  }

  function start(chunk: ChunkOf<'message-start'>): string[] {
    const isFirst = eventCount === 0
    id = chunk.responseId ?? id
    model = chunk.model ?? model
    const types = isFirst ? ['response.created', 'response.in_progress'] : ['response.in_progress']
    return types.map((type) => event(type, { response: response() }))
  }

  function addItem(index: number, item: object): string {
    return event('response.output_item.added', { output_index: index, item })
  }

  function endItem(index: number, item: object): string {
    output[index] = item
    return event('response.output_item.done', { output_index: index, item })
  }

  /** Goes on with the open item where it is of that type, else opens one. */
  function openItem(type: Spoken['type']): { item: Spoken; events: string[] } {
    if (open?.type === type) return { item: open, events: [] }
    const events = closeItem()
    const item: Spoken = { type, index: itemCount++, text: '', annotations: [] }
    open = item
    events.push(addItem(item.index, spokenItem(item, 'in_progress')))
    events.push(event(`response.${spokenTypes[type].part}.added`, { ...placeOf(item), part: spokenPart(item) }))
    return { item, events }
  }

  function closeItem(): string[] {
    if (!open) return []
    const item = open
    open = undefined
    const { event: name, part, key } = spokenTypes[item.type]
    return [
      event(`response.${name}.done`, { ...placeOf(item), [key]: item.text }),
      event(`response.${part}.done`, { ...placeOf(item), part: spokenPart(item) }),
      endItem(item.index, spokenItem(item, 'completed')),
    ]
  }

  function say(type: Spoken['type'], text: string): string[] {
    if (!text) return []
    const { item, events } = openItem(type)
    item.text += text
    return [...events, event(`response.${spokenTypes[type].event}.delta`, { ...placeOf(item), delta: text })]
  }

  function cite({ url, title = '' }: ChunkOf<'source'>): string[] {
    const { item, events } = openItem('text-delta')
    const at = item.text.length
    const annotation = { type: 'url_citation', url, title, start_index: at, end_index: at }
    const place = { ...placeOf(item), annotation_index: item.annotations.length }
    item.annotations.push(annotation)
    return [...events, event('response.output_text.annotation.added', { ...place, annotation })]
  }

  function startCall({ toolCallId, toolName, providerExecuted = false }: ChunkOf<'tool-call-start'>): string[] {
    // It comes with its file.
    if (providerExecuted && toolName === 'image_generation') {
      lastImageId = toolCallId
      return []
    }
    const closed = closeItem()
    const call: Call = { index: itemCount++, toolCallId, toolName, providerExecuted, argumentsText: '' }
    openCalls.set(toolCallId, call)
    return [...closed, addItem(call.index, callItem(call, 'in_progress'))]
  }

  function goOnCalling({ toolCallId, argumentsText }: ChunkOf<'tool-call-delta'>): string[] {
    const call = openCalls.get(toolCallId)
    if (!call || !argumentsText) return []
    call.argumentsText += argumentsText
    return [event(`${argumentsEvent(call)}.delta`, { ...callPlace(call), delta: argumentsText })]
  }

  function endCall({ toolCallId }: Pick<Call, 'toolCallId'>): string[] {
    const call = openCalls.get(toolCallId)
    if (!call) return []
    openCalls.delete(toolCallId)
    const whole = event(`${argumentsEvent(call)}.done`, { ...callPlace(call), arguments: call.argumentsText })
    return [whole, endItem(call.index, callItem(call, 'completed'))]
  }

  function show(chunk: ChunkOf<'file'>): string[] {
    const result = fileData(chunk)
    if (result === undefined || !chunk.mediaType.startsWith('image/')) return []
    const closed = closeItem()
    const index = itemCount++
    const image = { id: lastImageId ?? `ig_${index}`, format: chunk.mediaType.slice('image/'.length) }
    lastImageId = undefined
    const [begun, done] = [imageItem(image, 'in_progress'), { ...imageItem(image, 'completed'), result }]
    return [...closed, addItem(index, begun), endItem(index, done)]
  }

  function fail(error: ChatError): string[] {
    if (isBrokenOff(error)) return []
    failure = error
    return [event('error', { error: { type: error.code, ...wireError(error), param: null } })]
  }

  function finish(finishReason: FinishReason): string[] {
    ending = endings[finishReason]
    if (!ending || failure) return []
    // Where the response is complete, so are its calls.
    const calls = ending.status === 'completed' ? [...openCalls.values()] : []
    return [...closeItem(), ...calls.flatMap(endCall)]
  }

  function push(chunk: Chunk): string[] {
    switch (chunk.type) {
      case 'message-start':
        return start(chunk)
      case 'text-delta':
      case 'refusal-delta':
      case 'reasoning-delta':
        return say(chunk.type, chunk.text)
      case 'tool-call-start':
        return startCall(chunk)
      case 'tool-call-delta':
        return goOnCalling(chunk)
      case 'tool-call-end':
        return endCall(chunk)
      case 'tool-call-output':
      case 'data':
        return []
      case 'source':
        return cite(chunk)
      case 'file':
        return show(chunk)
      case 'usage':
        usage = chunk.usage
        return []
      case 'error':
        return fail(chunk.error)
      case 'message-end':
        return finish(chunk.finishReason)
    }
  }

  const end = () => (ending ? [event(`response.${ending.status}`, { response: response() })] : [])

  return { encoder: { push, end }, response }
}

/** Where something said stands. A thought has one summary, a message one content. */
function placeOf({ type, index }: Spoken): object {
  return { item_id: `${spokenTypes[type].idPrefix}_${index}`, output_index: index, [spokenTypes[type].place]: 0 }
}

function callPlace({ index, toolCallId, providerExecuted }: Call): object {
  return { item_id: providerExecuted ? toolCallId : `fc_${index}`, output_index: index }
}

function argumentsEvent({ providerExecuted }: Call): string {
  return `response.${providerExecuted ? 'mcp_call' : 'function_call'}_arguments`
}

function wireError({ message, code, providerCode }: Pick<ChatError, 'message' | 'code' | 'providerCode'>) {
  return { code: providerCode ?? code, message }
}
