import type { Chunk } from '../chunk.ts'
import { defined, isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt } from '../json.ts'
import type { FinishReason, Usage } from '../message.ts'
import { errorFromPayload } from '../provider-error.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createStartReader } from './message-start.ts'
import { openaiResponsesBody } from './openai-responses-request.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * OpenAI's Responses.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const openaiResponses: WireFormat = {
  name: 'openai-responses',
  request: (request, { baseURL, apiKey }) => ({
    url: `${baseURL}/responses`,
    headers: { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...request.headers },
    body: openaiResponsesBody(request),
  }),
  createDecoder: (options) => createJsonDecoder(createReader, options),
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['completed', 'stop'],
  ['max_output_tokens', 'length'],
  ['content_filter', 'content-filter'],
  ['failed', 'error'],
])

type TextType = 'text-delta' | 'refusal-delta' | 'reasoning-delta' | 'tool-call-delta'

// What the model says comes in events `response.<name>.delta`, then once more in `response.<name>.done`, then in the
// whole item, where names are as well the types of its parts. The key is the one under which it is whole.
const texts: ReadonlyMap<string, { readonly type: TextType; readonly key: string }> = new Map([
  ['output_text', { type: 'text-delta', key: 'text' }],
  ['refusal', { type: 'refusal-delta', key: 'refusal' }],
  ['reasoning_text', { type: 'reasoning-delta', key: 'text' }],
  ['reasoning_summary_text', { type: 'reasoning-delta', key: 'text' }],
  ['summary_text', { type: 'reasoning-delta', key: 'text' }],
  ['function_call_arguments', { type: 'tool-call-delta', key: 'arguments' }],
  ['mcp_call_arguments', { type: 'tool-call-delta', key: 'arguments' }],
  ['custom_tool_call_input', { type: 'tool-call-delta', key: 'input' }],
])

// Every other item whose type ends in `_call` is run by the provider.
const clientCalls: readonly unknown[] = ['function_call', 'custom_tool_call']

const lastEvents: readonly unknown[] = ['response.completed', 'response.incomplete', 'response.failed']

interface Item {
  readonly index: number
  readonly toolCallId: string | undefined
  /** The parts that have been said. Events that repeat them whole add nothing. */
  readonly said: Set<string>
}

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  // By output index: the ids of items differ from event to event behind some gateways.
  const items = new Map<number, Item>()
  const start = createStartReader(emit)
  const openCalls = new Set<string>()
  const seenUrls = new Set<string>()
  let hasClientCalls = false
  let lastThought: string | undefined
  let finishReason: FinishReason | undefined

  function readStart(response: JsonObject): void {
    start({ responseId: textAt(response, 'id'), model: textAt(response, 'model') })
  }

  function openItem(index: number, wire: JsonObject): Item {
    const type = textAt(wire, 'type') ?? ''
    const isClient = clientCalls.includes(type)
    const isCall = isClient || type.endsWith('_call')
    const toolCallId = isCall ? (textAt(wire, isClient ? 'call_id' : 'id') ?? `call_${index}`) : undefined
    const item = { index, toolCallId, said: new Set<string>() }
    items.set(index, item)
    if (toolCallId === undefined) return item
    hasClientCalls ||= isClient
    openCalls.add(toolCallId)
    const toolName = textAt(wire, 'name') ?? type.slice(0, -'_call'.length)
    emit({ type: 'tool-call-start', toolCallId, toolName, ...(!isClient && { providerExecuted: true }) })
    return item
  }

  /** @param part Which part of the item says it. */
  function say({ index, toolCallId, said }: Item, type: TextType, part: number, text: unknown, isWhole: boolean): void {
    const key = `${type} ${part}`
    if (typeof text !== 'string' || !text || (isWhole && said.has(key))) return
    said.add(key)
    if (type === 'tool-call-delta') {
      if (toolCallId) emit({ type, toolCallId, argumentsText: text })
      return
    }
    const thought = type === 'reasoning-delta' ? `${index} ${part}` : undefined
    // Each part of a summary is a paragraph, and nothing in its text says so.
    const isParagraph = thought && lastThought && thought !== lastThought
    lastThought = thought
    emit({ type, text: isParagraph ? `\n\n${text}` : text })
  }

  function readText(payload: JsonObject, name: string, isWhole: boolean): void {
    const text = texts.get(name)
    if (!text) return
    const index = numberAt(payload, 'output_index') ?? 0
    // Where the start of a call is missing, its item brings all of it in the end.
    const item = items.get(index) ?? (text.type === 'tool-call-delta' ? undefined : openItem(index, {}))
    if (!item) return
    const part = numberAt(payload, 'content_index') ?? numberAt(payload, 'summary_index') ?? 0
    say(item, text.type, part, isWhole ? payload[text.key] : payload.delta, isWhole)
  }

  /** An item that is done: says what no delta said before. */
  function readItem(index: number, wire: JsonObject): void {
    const item = items.get(index) ?? openItem(index, wire)
    for (const list of ['summary', 'content'])
      for (const [part, content] of objectsAt(wire, list).entries()) {
        const text = texts.get(textAt(content, 'type') ?? '')
        if (text) say(item, text.type, part, content[text.key], true)
        for (const annotation of objectsAt(content, 'annotations')) readSource(annotation)
      }
    if (item.toolCallId) readCall(item, item.toolCallId, wire)
  }

  function readCall(item: Item, toolCallId: string, wire: JsonObject): void {
    say(item, 'tool-call-delta', 0, wire.arguments ?? wire.input ?? providerInput(wire), true)
    if (wire.status !== 'incomplete') endCall(toolCallId)
    const data = wire.type === 'image_generation_call' && textAt(wire, 'result')
    if (data) emit({ type: 'file', mediaType: `image/${textAt(wire, 'output_format') ?? 'png'}`, data })
  }

  function endCall(toolCallId: string): void {
    if (openCalls.delete(toolCallId)) emit({ type: 'tool-call-end', toolCallId })
  }

  function readSource(annotation: JsonObject): void {
    const url = textAt(annotation, 'url')
    if (!url || seenUrls.has(url)) return
    seenUrls.add(url)
    emit(defined({ type: 'source', url, title: textAt(annotation, 'title') }))
  }

  /** @param status How it ended, where `incomplete_details` say nothing nearer. */
  function readEnd(response: JsonObject, status: string | undefined): void {
    readStart(response)
    // The output is here once more. It is news only where nothing was streamed.
    if (items.size === 0) for (const [index, wire] of objectsAt(response, 'output').entries()) readItem(index, wire)
    if (isObject(response.usage)) emit({ type: 'usage', usage: toUsage(response.usage) })
    const reason = textAt(objectAt(response, 'incomplete_details'), 'reason') ?? status
    if (reason) finishReason = finishReasons.get(reason) ?? 'unknown'
    if (finishReason === 'error') emit({ type: 'error', error: errorFromPayload(response) })
  }

  function readEvent(payload: JsonObject, type: string): void {
    const [, name, ending] = /^response\.(\w+)\.(delta|done)$/.exec(type) ?? []
    const index = numberAt(payload, 'output_index') ?? 0
    if (type === 'response.output_item.added') openItem(index, objectAt(payload, 'item'))
    else if (type === 'response.output_item.done') readItem(index, objectAt(payload, 'item'))
    else if (type === 'response.output_text.annotation.added') readSource(objectAt(payload, 'annotation'))
    else if (lastEvents.includes(type)) readEnd(objectAt(payload, 'response'), type.slice('response.'.length))
    else if (type === 'error') emit({ type, error: errorFromPayload(payload) })
    else if (name) readText(payload, name, ending === 'done')
    else readStart(objectAt(payload, 'response'))
  }

  return {
    read(payload, whole) {
      const type = textAt(payload, 'type') ?? ''
      const isWhole = whole && payload.object === 'response'
      if (isWhole) readEnd(payload, textAt(payload, 'status'))
      else readEvent(payload, type)
      return isWhole || type.startsWith('response.')
    },
    close(ending) {
      // Some servers never say that an item is done.
      const isWhole = finishReason ? finishReason === 'stop' : ending === 'terminated'
      if (isWhole) for (const toolCallId of openCalls) endCall(toolCallId)
      return hasClientCalls && finishReason === 'stop' ? 'tool-calls' : finishReason
    },
    isTerminator: (payload, data) => data === '[DONE]' || (isObject(payload) && lastEvents.includes(payload.type)),
  }
}

/** What a tool of the provider was asked, where it is not in `arguments`. */
function providerInput({ action, queries, code }: JsonObject): string {
  const input = defined({ queries, code })
  return JSON.stringify(isObject(action) ? action : input)
}

function toUsage(usage: JsonObject): Usage {
  const inputTokens = numberAt(usage, 'input_tokens') ?? 0
  const outputTokens = numberAt(usage, 'output_tokens') ?? 0
  return defined({
    inputTokens,
    outputTokens,
    totalTokens: numberAt(usage, 'total_tokens') ?? inputTokens + outputTokens,
    reasoningTokens: numberAt(objectAt(usage, 'output_tokens_details'), 'reasoning_tokens'),
    cachedInputTokens: numberAt(objectAt(usage, 'input_tokens_details'), 'cached_tokens'),
  })
}
