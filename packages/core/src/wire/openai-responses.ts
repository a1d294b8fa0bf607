import type { Chunk } from '../chunk.ts'
import { asNumber, asObject, asObjects, asText, defined, isObject, type JsonObject } from '../json.ts'
import type { FinishReason, Usage } from '../message.ts'
import { errorFromPayload } from '../provider-error.ts'
import { bearerHeaders } from './bearer-headers.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createStartReader } from './message-start.ts'
import { encryptedPrefix, openaiResponsesBody } from './openai-responses-request.ts'
import { createSourceReader } from './sources.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * OpenAI's Responses. Where nothing is to be kept at the provider, `body: { store: false, include:
 * ['reasoning.encrypted_content'] }` has the model's thoughts go back with the calls they led to.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export const openaiResponses: WireFormat = {
  name: 'openai-responses',
  request: (request, target) => ({
    url: `${target.baseURL}/responses`,
    headers: bearerHeaders(request, target),
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

interface SaidText {
  readonly type: TextType
  readonly key: string
}

type TextType = 'text-delta' | 'refusal-delta' | 'reasoning-delta' | 'tool-call-delta'

// What the model says comes in events `response.<name>.delta`, then once more in `response.<name>.done`, then in the
// whole item, where names are as well the types of its parts. The key is the one under which it is whole.
const texts: ReadonlyMap<string, SaidText> = new Map([
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

interface EventName {
  /** Whether it is one of this format. */
  readonly isKnown: boolean
  /** What of the reply's text it says, if any, and whether it repeats the whole of it. */
  readonly text?: SaidText | undefined
  readonly isWhole: boolean
  readonly isLast: boolean
}

function readEventName(type: string): EventName {
  const [, name = '', ending] = /^response\.(\w+)\.(delta|done)$/.exec(type) ?? []
  const isLast = /^response\.(completed|incomplete|failed)$/.test(type)
  return { isKnown: type.startsWith('response.'), text: texts.get(name), isWhole: ending === 'done', isLast }
}

interface Item {
  readonly index: number
  readonly toolCallId: string | undefined
  /** The parts that have been said. Events that repeat them whole add nothing. */
  readonly said: Set<number>
  /** The one said last: nearly every delta goes on with it, and is spared the look-up. */
  latest: number
}

// More parts than an item has. Numbers are compared faster than texts are made, and every delta is looked up.
const manyParts = 1_000_000
const textTypes: readonly TextType[] = ['text-delta', 'reasoning-delta', 'refusal-delta', 'tool-call-delta']
const keyOf = (type: TextType, part: number) => textTypes.indexOf(type) * manyParts + part

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  // By output index: the ids of items differ from event to event behind some gateways.
  const items = new Map<number, Item>()
  const start = createStartReader(emit)
  const openCalls = new Set<string>()
  let recentType = ''
  let recentName = readEventName('')
  let hasClientCalls = false
  let lastThought: number | undefined
  let finishReason: FinishReason | undefined
  const readSource = createSourceReader((source) => {
    lastThought = undefined
    emit(source)
  })

  /** Most events are called as the one before, so a name is taken apart only when it is another. */
  function eventOf(type: string): EventName {
    if (type !== recentType) {
      recentType = type
      recentName = readEventName(type)
    }
    return recentName
  }

  function readStart(response: JsonObject): void {
    start(response.id, response.model)
  }

  function openItem(index: number, wire: JsonObject): Item {
    const type = asText(wire.type) ?? ''
    const isClient = clientCalls.includes(type)
    const isCall = isClient || type.endsWith('_call')
    const toolCallId = isCall ? (asText(isClient ? wire.call_id : wire.id) ?? `call_${index}`) : undefined
    const item = { index, toolCallId, said: new Set<number>(), latest: -1 }
    items.set(index, item)
    if (toolCallId === undefined) return item
    hasClientCalls ||= isClient
    openCalls.add(toolCallId)
    // What is thought after something else is a part of its own, not another paragraph.
    lastThought = undefined
    const toolName = asText(wire.name) ?? type.slice(0, -'_call'.length)
    emit({ type: 'tool-call-start', toolCallId, toolName, ...(!isClient && { providerExecuted: true }) })
    return item
  }

  /** @param part Which part of the item says it. */
  function say(item: Item, type: TextType, part: number, text: unknown, isWhole: boolean): void {
    if (typeof text !== 'string' || !text) return
    const key = keyOf(type, part)
    if (isWhole && item.said.has(key)) return
    if (key !== item.latest) item.said.add(key)
    item.latest = key
    const { index, toolCallId } = item
    if (type === 'tool-call-delta') {
      if (toolCallId) emit({ type, toolCallId, argumentsText: text })
      return
    }
    const thought = type === 'reasoning-delta' ? index * manyParts + part : undefined
    // Each part of a summary is a paragraph, and nothing in its text says so.
    const isParagraph = thought !== undefined && lastThought !== undefined && thought !== lastThought
    lastThought = thought
    emit({ type, text: isParagraph ? `\n\n${text}` : text })
  }

  function readText(payload: JsonObject, text: SaidText, isWhole: boolean): void {
    const index = asNumber(payload.output_index) ?? 0
    // Where the start of a call is missing, its item brings all of it in the end.
    const item = items.get(index) ?? (text.type === 'tool-call-delta' ? undefined : openItem(index, {}))
    if (!item) return
    const part = asNumber(payload.content_index) ?? asNumber(payload.summary_index) ?? 0
    say(item, text.type, part, isWhole ? payload[text.key] : payload.delta, isWhole)
  }

  /** An item that is done: says what no delta said before. */
  function readItem(index: number, wire: JsonObject): void {
    const item = items.get(index) ?? openItem(index, wire)
    for (const list of [wire.summary, wire.content])
      for (const [part, content] of asObjects(list).entries()) {
        const text = texts.get(asText(content.type) ?? '')
        if (text) say(item, text.type, part, content[text.key], true)
        for (const annotation of asObjects(content.annotations)) readSource(annotation)
      }
    if (item.toolCallId) readCall(item, item.toolCallId, wire)
    const encrypted = wire.type === 'reasoning' && asText(wire.encrypted_content)
    if (encrypted) readEncrypted(asText(wire.id), encrypted)
  }

  /** What the model thought, for itself on the next turn. It is there where the request asked for it. */
  function readEncrypted(id: string | undefined, encrypted: string): void {
    emit({ type: 'reasoning-delta', text: '', signature: encryptedPrefix + JSON.stringify([id, encrypted]) })
    lastThought = undefined
  }

  function readCall(item: Item, toolCallId: string, wire: JsonObject): void {
    say(item, 'tool-call-delta', 0, wire.arguments ?? wire.input ?? providerInput(wire), true)
    if (wire.status !== 'incomplete') endCall(toolCallId)
    const data = wire.type === 'image_generation_call' && asText(wire.result)
    if (data) emit({ type: 'file', mediaType: `image/${asText(wire.output_format) ?? 'png'}`, data })
  }

  function endCall(toolCallId: string): void {
    if (openCalls.delete(toolCallId)) emit({ type: 'tool-call-end', toolCallId })
  }

  /** @param status How it ended, where `incomplete_details` say nothing nearer. */
  function readEnd(response: JsonObject, status: string | undefined): void {
    readStart(response)
    // The output is here once more. It is news only where nothing was streamed.
    if (items.size === 0) for (const [index, wire] of asObjects(response.output).entries()) readItem(index, wire)
    if (isObject(response.usage)) emit({ type: 'usage', usage: toUsage(response.usage) })
    const reason = asText(asObject(response.incomplete_details).reason) ?? status
    if (reason) finishReason = finishReasons.get(reason) ?? 'unknown'
    if (finishReason === 'error') emit({ type: 'error', error: errorFromPayload(response) })
  }

  /** @returns Whether it is an event of this format. */
  function readEvent(payload: JsonObject): boolean {
    const type = asText(payload.type) ?? ''
    const { isKnown, text, isWhole, isLast } = eventOf(type)
    const index = asNumber(payload.output_index) ?? 0
    if (text) readText(payload, text, isWhole)
    else if (type === 'response.output_item.added') openItem(index, asObject(payload.item))
    else if (type === 'response.output_item.done') readItem(index, asObject(payload.item))
    else if (type === 'response.output_text.annotation.added') readSource(asObject(payload.annotation))
    else if (isLast) readEnd(asObject(payload.response), type.slice('response.'.length))
    else if (type === 'error') emit({ type, error: errorFromPayload(payload) })
    else readStart(asObject(payload.response))
    return isKnown
  }

  return {
    read(payload, whole) {
      if (!whole || payload.object !== 'response') return readEvent(payload)
      readEnd(payload, asText(payload.status))
      return true
    },
    close(ending) {
      // Some servers never say that an item is done.
      const isWhole = finishReason ? finishReason === 'stop' : ending === 'terminated'
      if (isWhole) for (const toolCallId of openCalls) endCall(toolCallId)
      return hasClientCalls && finishReason === 'stop' ? 'tool-calls' : finishReason
    },
    isTerminator: (payload, data) =>
      isObject(payload) ? eventOf(asText(payload.type) ?? '').isLast : data === '[DONE]',
  }
}

/** What a tool of the provider was asked, where it is not in `arguments`. */
function providerInput({ action, queries, code }: JsonObject): string {
  const input = defined({ queries, code })
  return JSON.stringify(isObject(action) ? action : input)
}

function toUsage(usage: JsonObject): Usage {
  const inputTokens = asNumber(usage.input_tokens) ?? 0
  const outputTokens = asNumber(usage.output_tokens) ?? 0
  return defined({
    inputTokens,
    outputTokens,
    totalTokens: asNumber(usage.total_tokens) ?? inputTokens + outputTokens,
    reasoningTokens: asNumber(asObject(usage.output_tokens_details).reasoning_tokens),
    cachedInputTokens: asNumber(asObject(usage.input_tokens_details).cached_tokens),
  })
}
