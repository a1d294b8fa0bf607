import { type Chunk, encodeSse, type FinishReason, type Usage } from '@millrace/core'
import { citation, encodeWholeMessage, redactedPrefix, stopReasons, wireUsage } from './anthropic-message.ts'
import { anthropicErrorType, isBrokenOff } from './error-names.ts'
import type { ChunkOf, WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * Anthropic's Messages. Reading what it writes gives the same chunks back, where they come as a reader gives them: a
 * call is over once the next block begins or the message ends, a signature comes in a delta of its own.
 *
 * Does not travel: files, the id of a source, a second `message-start`, the reasoning tokens, a total that is not the
 * sum, and of an error all but its message and the provider's word for it. A refusal is text.
 * @see https://docs.claude.com/en/api/messages-streaming
 */
export const anthropicEncoding: WireEncoding = {
  name: 'anthropic',
  contentType: 'text/event-stream; charset=utf-8',
  malformedEvent: 'event: content_block_delta\ndata: {"type":"content_block_delta","ind\n\n',
  createEncoder,
  encodeWhole: encodeWholeMessage,
}

function createEncoder(): WireEncoder {
  const openCalls = new Map<string, number>()
  let blockCount = 0
  let openBlock: { readonly type: 'text' | 'thinking'; readonly index: number } | undefined
  // What has been used so far is part of the start, so the start waits for the chunk after it.
  let heldStart: ChunkOf<'message-start'> | undefined
  let hasStarted = false
  let heldUsage: Usage | undefined
  let ending: 'stopped' | 'failed' | undefined

  function startMessage(usage?: Usage): string[] {
    if (!heldStart) return []
    const { responseId, model } = heldStart
    heldStart = undefined
    const ending = { stop_reason: null, stop_sequence: null }
    const message = { id: responseId, type: 'message', role: 'assistant', model, content: [], ...ending }
    const start = event('message_start', { message: { ...message, ...(usage && { usage: wireUsage(usage) }) } })
    return [start, event('ping', {})]
  }

  function closeBlock(): string[] {
    const closed = openBlock ? [event('content_block_stop', { index: openBlock.index })] : []
    openBlock = undefined
    return closed
  }

  function startBlock(block: object): string {
    return event('content_block_start', { index: blockCount++, content_block: block })
  }

  /** Goes on with the open block where it is of that type, else opens one. */
  function inBlock(type: 'text' | 'thinking', delta: object): string[] {
    const before = openBlock?.type === type ? [] : closeBlock()
    const isNew = !openBlock
    openBlock ??= { type, index: blockCount }
    const { index } = openBlock
    if (isNew) before.push(startBlock(type === 'text' ? { type, text: '' } : { type, thinking: '', signature: '' }))
    return [...before, event('content_block_delta', { index, delta })]
  }

  function think({ text, signature }: ChunkOf<'reasoning-delta'>): string[] {
    const thought = text ? inBlock('thinking', { type: 'thinking_delta', thinking: text }) : []
    if (!signature) return thought
    // The signature is the last thing in its block.
    if (!signature.startsWith(redactedPrefix))
      return [...thought, ...inBlock('thinking', { type: 'signature_delta', signature }), ...closeBlock()]
    const closed = closeBlock()
    const stop = event('content_block_stop', { index: blockCount })
    const data = signature.slice(redactedPrefix.length)
    return [...thought, ...closed, startBlock({ type: 'redacted_thinking', data }), stop]
  }

  function startCall({ toolCallId, toolName, providerExecuted }: ChunkOf<'tool-call-start'>): string[] {
    const closed = closeBlock()
    openCalls.set(toolCallId, blockCount)
    const type = providerExecuted ? 'server_tool_use' : 'tool_use'
    return [...closed, startBlock({ type, id: toolCallId, name: toolName, input: {} })]
  }

  function goOnCalling({ toolCallId, argumentsText }: ChunkOf<'tool-call-delta'>): string[] {
    const index = openCalls.get(toolCallId)
    if (index === undefined || !argumentsText) return []
    const delta = { type: 'input_json_delta', partial_json: argumentsText }
    return [event('content_block_delta', { index, delta })]
  }

  function endCall({ toolCallId }: ChunkOf<'tool-call-end'>): string[] {
    const index = openCalls.get(toolCallId)
    openCalls.delete(toolCallId)
    return index === undefined ? [] : [event('content_block_stop', { index })]
  }

  function messageDelta(stopReason: string | null): string[] {
    const usage = heldUsage && { usage: wireUsage(heldUsage) }
    heldUsage = undefined
    return [event('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, ...usage })]
  }

  const takeUsage = () => (heldUsage ? messageDelta(null) : [])

  /** Nothing comes after it, the terminator neither. */
  function fail(type: string, message: string): string[] {
    ending = 'failed'
    return [event('error', { error: { type, message } })]
  }

  function finish(finishReason: FinishReason): string[] {
    if (ending || finishReason === 'incomplete' || finishReason === 'aborted') return takeUsage()
    if (finishReason === 'error') return [...takeUsage(), ...fail('api_error', 'Internal server error')]
    ending = 'stopped'
    return [...closeBlock(), ...messageDelta(stopReasons[finishReason] ?? null)]
  }

  function write(chunk: Exclude<Chunk, { type: 'message-start' | 'usage' | 'message-end' }>): string[] {
    switch (chunk.type) {
      case 'text-delta':
      case 'refusal-delta':
        return chunk.text ? inBlock('text', { type: 'text_delta', text: chunk.text }) : []
      case 'reasoning-delta':
        return think(chunk)
      case 'tool-call-start':
        return startCall(chunk)
      case 'tool-call-delta':
        return goOnCalling(chunk)
      case 'tool-call-end':
        return endCall(chunk)
      case 'source':
        return inBlock('text', { type: 'citations_delta', citation: citation(chunk) })
      case 'tool-call-output':
      case 'file':
      case 'data':
        return []
      case 'error': {
        if (isBrokenOff(chunk.error)) return []
        const { providerCode, code, message } = chunk.error
        return fail(providerCode ?? anthropicErrorType(code), message)
      }
    }
  }

  return {
    push(chunk) {
      switch (chunk.type) {
        case 'message-start':
          if (!hasStarted) heldStart = chunk
          hasStarted = true
          return []
        case 'usage': {
          if (heldStart) return startMessage(chunk.usage)
          const earlier = takeUsage()
          heldUsage = chunk.usage
          return earlier
        }
        case 'message-end':
          return [...startMessage(), ...finish(chunk.finishReason)]
        default:
          return [...startMessage(), ...takeUsage(), ...write(chunk)]
      }
    },
    end: () => [...startMessage(), ...(ending === 'stopped' ? [event('message_stop', {})] : [])],
  }
}

function event(type: string, payload: object): string {
  return encodeSse({ type, data: JSON.stringify({ type, ...payload }) })
}
