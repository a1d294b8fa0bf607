import { type Chunk, isToken } from './chunk.ts'
import { defined } from './json.ts'
import type { Message, Part, Timing, ToolCallPart } from './message.ts'

/**
 * What a message becomes when its reply says one thing more. Parts that the chunk does not touch keep their identity,
 * and the cost does not depend on the length of the text. A message that is done stays as it is.
 * @param at When the chunk arrived, in epoch milliseconds; with it the message keeps its timing.
 */
export function applyChunk(message: Message, chunk: Chunk, at?: number): Message {
  if (message.status === 'done') return message
  const next = applied(message, chunk, at)
  const timing = at === undefined ? undefined : timingAfter(message.timing, chunk, at)
  return timing ? { ...next, timing } : next
}

function timingAfter(timing: Timing | undefined, chunk: Chunk, at: number): Timing | undefined {
  const { startedAt = at, ...rest } = timing ?? {}
  if (chunk.type === 'message-end') return { startedAt, ...rest, endedAt: at }
  return isToken(chunk) ? { startedAt, firstTokenAt: at, ...rest, lastTokenAt: at } : undefined
}

function applied(message: Message, chunk: Chunk, at: number | undefined): Message {
  switch (chunk.type) {
    case 'message-start':
      return {
        ...message,
        ...(chunk.model && { model: chunk.model }),
        ...(chunk.responseId && { metadata: { ...message.metadata, responseId: chunk.responseId } }),
      }
    case 'text-delta':
      return { ...appendText(message, chunk, at), content: message.content + chunk.text }
    case 'reasoning-delta':
    case 'refusal-delta':
      return appendText(message, chunk, at)
    case 'tool-call-start': {
      const { toolCallId, toolName, providerExecuted } = chunk
      const state = 'input-streaming'
      return addPart(
        message,
        defined({ type: 'tool-call', toolCallId, toolName, argumentsText: '', state, providerExecuted }),
      )
    }
    case 'tool-call-delta':
      return updateToolCall(message, chunk.toolCallId, (call) => ({
        ...call,
        argumentsText: call.argumentsText + chunk.argumentsText,
      }))
    case 'tool-call-end':
      return updateToolCall(message, chunk.toolCallId, readInput)
    case 'source':
    case 'file':
      return addPart(message, chunk)
    case 'usage':
      return { ...message, usage: chunk.usage }
    case 'error':
      return { ...message, error: chunk.error }
    case 'message-end':
      return { ...message, parts: closeLast(message.parts), status: 'done', finishReason: chunk.finishReason }
  }
}

type TextChunk = Extract<Chunk, { type: 'text-delta' | 'reasoning-delta' | 'refusal-delta' }>
const partOf = { 'text-delta': 'text', 'reasoning-delta': 'reasoning', 'refusal-delta': 'refusal' } as const

/** Goes on with the last part where it is of the same kind, else opens a new one. */
function appendText(message: Message, chunk: TextChunk, at: number | undefined): Message {
  const type = partOf[chunk.type]
  const last = message.parts.at(-1)
  const open = last?.type === type && last.state === 'streaming' ? last : undefined
  const signature = 'signature' in chunk ? chunk.signature : undefined
  if (!open && !chunk.text && !signature) return message
  const part = {
    ...open,
    type,
    text: (open?.text ?? '') + chunk.text,
    state: 'streaming',
    ...(signature && { signature }),
    ...(type === 'reasoning' && at !== undefined && { durationMs: thinkingTime(open, message.timing, at) }),
  } as Part // each chunk type goes with its own part type, which the compiler cannot follow through `partOf`
  return open ? { ...message, parts: message.parts.with(-1, part) } : addPart(message, part)
}

/** Thinking lasts from its first delta to its last, so each delta adds the time since the token before it. */
function thinkingTime(open: Part | undefined, timing: Timing | undefined, at: number): number {
  const before = open && 'durationMs' in open ? (open.durationMs ?? 0) : 0
  return before + at - (timing?.lastTokenAt ?? at)
}

function addPart(message: Message, part: Part): Message {
  return { ...message, status: 'streaming', parts: [...closeLast(message.parts), part] }
}

/** Text that something else follows is done. */
function closeLast(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1)
  if (!last || !('text' in last) || last.state === 'done') return parts
  return parts.with(-1, { ...last, state: 'done' })
}

function updateToolCall(message: Message, id: string, update: (call: ToolCallPart) => ToolCallPart): Message {
  const index = message.parts.findLastIndex((part) => part.type === 'tool-call' && part.toolCallId === id)
  const call = message.parts[index]
  if (call?.type !== 'tool-call') return message
  const parts = message.parts.slice()
  parts[index] = update(call)
  return { ...message, status: 'streaming', parts }
}

/** A call without arguments is a call with none: `{}`. */
function readInput(call: ToolCallPart): ToolCallPart {
  try {
    return { ...call, state: 'input-available', input: JSON.parse(call.argumentsText || '{}') }
  } catch {
    return { ...call, state: 'output-error', errorText: 'The arguments are not JSON.' }
  }
}
