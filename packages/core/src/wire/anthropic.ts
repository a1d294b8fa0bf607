import type { Chunk } from '../chunk.ts'
import { ChatError } from '../errors.ts'
import { asNumber, asObject, asObjects, asText, defined, isObject, type JsonObject } from '../json.ts'
import type { FinishReason, Usage } from '../message.ts'
import { anthropicBody, redactedPrefix } from './anthropic-request.ts'
import { createJsonDecoder, type PayloadReader } from './json-decoder.ts'
import { createSourceReader } from './sources.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * Anthropic's Messages.
 * @see https://docs.claude.com/en/api/messages-streaming
 */
export const anthropic: WireFormat = {
  name: 'anthropic',
  request: (request, { baseURL, apiKey }) => ({
    url: `${baseURL}/messages`,
    headers: {
      ...(apiKey && { 'x-api-key': apiKey }),
      'anthropic-version': '2023-06-01',
      // Without it browsers are refused; elsewhere it changes nothing.
      'anthropic-dangerous-direct-browser-access': 'true',
      ...request.headers,
    },
    body: anthropicBody(request),
  }),
  createDecoder: (options) => createJsonDecoder(createReader, options),
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  // The provider's own tools ran into their limit of steps: the turn can be continued.
  ['pause_turn', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'content-filter'],
])

interface Call {
  readonly toolCallId: string
  /** The input that came with the start of the block. It counts where no delta follows. */
  input: string
  isStopped: boolean
}

function createReader(emit: (chunk: Chunk) => void): PayloadReader {
  const calls = new Map<number | undefined, Call>()
  const readSource = createSourceReader(emit)
  let message: JsonObject | undefined
  let hasBlocks = false
  let hasClientCalls = false
  let isSpliced = false
  let usage: Usage | undefined
  let finishReason: FinishReason | undefined

  /** Also reads a whole answer, and the blocks that a start already holds after a provider's tool has run. */
  function readMessage(found: JsonObject): void {
    // Some gateways say the start of one message twice.
    if (message && asText(message.id) === asText(found.id)) return
    // Others lose their connection, ask again and go on with another answer. What is said cannot be taken back.
    if (message && hasBlocks) {
      isSpliced = true
      emit({ type: 'error', error: new ChatError('incomplete') })
      return
    }
    message = found
    emit(defined({ type: 'message-start', responseId: asText(found.id), model: asText(found.model) }))
    for (const [index, block] of asObjects(found.content).entries()) {
      openBlock(index, block)
      stopBlock(index)
    }
    readUsage(found)
    readStopReason(found)
  }

  function openBlock(index: number | undefined, block: JsonObject): void {
    hasBlocks = true
    // What comes before another block was not cut short.
    endCalls(({ isStopped }) => isStopped)
    switch (block.type) {
      case 'text':
        for (const citation of asObjects(block.citations)) readSource(citation)
        return say('text-delta', block.text)
      case 'thinking':
        return say('reasoning-delta', block.thinking ?? '', asText(block.signature))
      case 'redacted_thinking':
        return say('reasoning-delta', '', redactedPrefix + (asText(block.data) ?? ''))
      case 'tool_use':
        return startCall(index, block, false)
      case 'server_tool_use':
      case 'mcp_tool_use':
        return startCall(index, block, true)
    }
  }

  function startCall(index: number | undefined, block: JsonObject, providerExecuted: boolean): void {
    const toolCallId = asText(block.id) ?? `call_${index}`
    const toolName = asText(block.name) ?? ''
    const input = asObject(block.input)
    calls.set(index, {
      toolCallId,
      input: Object.keys(input).length > 0 ? JSON.stringify(input) : '',
      isStopped: false,
    })
    hasClientCalls ||= !providerExecuted
    emit({ type: 'tool-call-start', toolCallId, toolName, ...(providerExecuted && { providerExecuted }) })
  }

  function readDelta(index: number | undefined, delta: JsonObject): void {
    switch (delta.type) {
      case 'text_delta':
        return say('text-delta', delta.text)
      case 'thinking_delta':
        return say('reasoning-delta', delta.thinking)
      case 'signature_delta':
        return say('reasoning-delta', '', asText(delta.signature))
      case 'citations_delta':
        return readSource(asObject(delta.citation))
      case 'input_json_delta': {
        const call = calls.get(index)
        if (call) readInput(call, asText(delta.partial_json))
      }
    }
  }

  function readInput(call: Call, argumentsText: string | undefined): void {
    if (!argumentsText) return
    call.input = ''
    emit({ type: 'tool-call-delta', toolCallId: call.toolCallId, argumentsText })
  }

  /** A block that the token limit cuts is stopped as well, so its call ends only once more is known. */
  function stopBlock(index: number | undefined): void {
    const call = calls.get(index)
    if (!call) return
    readInput(call, call.input)
    call.isStopped = true
  }

  function endCalls(isWhole: (call: Call) => boolean): void {
    for (const [index, call] of calls) {
      if (!isWhole(call)) continue
      calls.delete(index)
      emit({ type: 'tool-call-end', toolCallId: call.toolCallId })
    }
  }

  function say(type: 'text-delta' | 'reasoning-delta', text: unknown, signature?: string): void {
    if (typeof text === 'string' && (text || signature)) emit({ type, text, ...(signature && { signature }) })
  }

  /** The counts are cumulative: a later one replaces, and one that is missing stays. */
  function readUsage(payload: JsonObject): void {
    if (!isObject(payload.usage)) return
    const inputTokens = asNumber(payload.usage.input_tokens) ?? usage?.inputTokens ?? 0
    const outputTokens = asNumber(payload.usage.output_tokens) ?? usage?.outputTokens ?? 0
    const cachedInputTokens = asNumber(payload.usage.cache_read_input_tokens) ?? usage?.cachedInputTokens
    usage = defined({ inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, cachedInputTokens })
    emit({ type: 'usage', usage })
  }

  function readStopReason(holder: JsonObject): void {
    const reason = asText(holder.stop_reason)
    if (reason) finishReason = finishReasons.get(reason) ?? 'unknown'
  }

  /** @returns false for what this format does not know: new events may appear. */
  function readEvent(payload: JsonObject): boolean {
    const index = asNumber(payload.index)
    switch (payload.type) {
      case 'message':
        readMessage(payload)
        return true
      case 'message_start':
        readMessage(asObject(payload.message))
        return true
      case 'content_block_start':
        openBlock(index, asObject(payload.content_block))
        return true
      case 'content_block_delta':
        readDelta(index, asObject(payload.delta))
        return true
      case 'content_block_stop':
        stopBlock(index)
        return true
      case 'message_delta':
        readUsage(payload)
        readStopReason(asObject(payload.delta))
        return true
      default:
        return false
    }
  }

  return {
    read: (payload) => isSpliced || readEvent(payload),
    close(ending) {
      const isCut = finishReason === 'length' || finishReason === 'content-filter'
      const isWhole = finishReason ? !isCut : ending === 'terminated'
      endCalls(() => isWhole)
      return hasClientCalls && finishReason === 'stop' ? 'tool-calls' : finishReason
    },
    isTerminator: (payload) =>
      isSpliced || (isObject(payload) && (payload.type === 'message_stop' || payload.type === 'error')),
  }
}
