import { type Chunk, isToken } from './chunk.ts'
import { defined } from './json.ts'
import type { Message, Part, ReasoningPart, TextPart, ToolCallPart } from './message.ts'

/**
 * What a message becomes when its reply says one thing more. Parts that the chunk does not touch keep their identity,
 * and the cost does not depend on the length of the text. A message that is done stays as it is.
 * @param at When the chunk arrived, in epoch milliseconds; with it the message keeps its timing.
 */
export function applyChunk(message: Message, chunk: Chunk, at?: number): Message {
  if (message.status === 'done') return message
  const timing = { startedAt: at ?? 0, ...message.timing }
  const { lastTokenAt = at, writingMs = 0, longestGapMs = 0 } = timing
  const gapMs = at && lastTokenAt && isWriting(message) ? at - lastTokenAt : 0
  const next = applied(message, chunk, at && gapMs)
  if (!at) return next
  if (next.status === 'done') return { ...next, timing: { ...timing, endedAt: at } }
  if (!isToken(chunk)) return next
  return {
    ...next,
    timing: {
      firstTokenAt: at,
      ...timing,
      lastTokenAt: at,
      writingMs: writingMs + gapMs,
      longestGapMs: Math.max(longestGapMs, gapMs),
    },
  }
}

/** While a tool runs, the model does not write. */
function isWriting({ parts }: Message): boolean {
  const last = parts.at(-1) as TextPart | undefined // of what has no such state none is found
  return /streaming/.test(`${last?.state}`)
}

function applied(message: Message, chunk: Chunk, gapMs: number | undefined): Message {
  const { parts } = message
  switch (chunk.type) {
    case 'message-start': {
      const { model = message.model, responseId, metadata = responseId && { responseId } } = chunk
      return defined({
        ...message,
        model,
        metadata: metadata ? { ...message.metadata, ...metadata } : message.metadata,
      })
    }
    case 'text-delta':
      return { ...appendText(message, chunk, gapMs), content: message.content + chunk.text }
    case 'reasoning-delta':
    case 'refusal-delta':
      return appendText(message, chunk, gapMs)
    case 'tool-call-start':
      return addPart(message, { ...chunk, type: 'tool-call', argumentsText: '', state: 'input-streaming' })
    case 'tool-call-delta':
    case 'tool-call-end':
    case 'tool-call-output': {
      // No other part has a toolCallId.
      const calls = parts as readonly ToolCallPart[]
      const index = calls.findLastIndex(({ toolCallId }) => toolCallId === chunk.toolCallId)
      const call = calls[index]
      return call ? { ...message, parts: parts.with(index, progressed(call, chunk)) } : message
    }
    case 'source':
      // It is named in the middle of a sentence, which goes on after it.
      return addPart(message, chunk, parts)
    case 'file':
      return addPart(message, chunk)
    case 'data': {
      if (chunk.transient) return message
      const { id, name } = chunk
      const index = parts.findIndex((part) => part.type === 'data' && id && part.id === id && part.name === name)
      return index < 0 ? addPart(message, chunk, parts) : { ...message, parts: parts.with(index, chunk) }
    }
    case 'usage':
      return { ...message, usage: chunk.usage }
    case 'error':
      return { ...message, error: chunk.error }
    case 'message-end':
      return { ...message, parts: closeLast(parts), status: 'done', finishReason: chunk.finishReason }
  }
}

/** A reply that ended, to go on in the same place: its last text grows again, or new parts follow. */
export function reopenMessage({ finishReason, error: _error, ...message }: Message): Message {
  const { parts, timing, usage } = message
  const index = openPlace(parts)
  const last = parts[index]
  return {
    ...message,
    // Nobody writes between an end and going on.
    ...(timing && { timing: { ...timing, lastTokenAt: undefined } }),
    // Providers count at the end, which it never came to.
    ...(parts[0] && (!usage || /^(aborted|incomplete|error)$/.test(`${finishReason}`)) && { usageIsPartial: true }),
    status: parts.length > 0 ? 'streaming' : 'pending',
    parts: last?.type === 'text' ? parts.with(index, { ...last, state: 'streaming' }) : parts,
  }
}

type TextChunk = Extract<Chunk, { type: 'text-delta' | 'reasoning-delta' | 'refusal-delta' }> & { signature?: string }

/** Goes on with the last part where it is of the same kind, else opens a new one. */
function appendText(message: Message, chunk: TextChunk, gapMs: number | undefined): Message {
  const { type: _type, text, ...signature } = chunk
  // What carries a signature is whole: another thought is another part.
  // A `text-delta` goes to a `text` part, and so on.
  const type = chunk.type.slice(0, -'-delta'.length)
  const index = openPlace(message.parts)
  const last = message.parts[index] as ReasoningPart | undefined // read as one only where its type is the chunk's
  const goesOn = !last?.signature || last.signature === chunk.signature
  const open = last?.type === type && last.state === 'streaming' && goesOn ? last : undefined
  // Thinking lasts from its first delta to its last, so each delta adds the time since the token before it.
  const part = {
    ...open,
    ...signature,
    type,
    text: (open?.text ?? '') + text,
    state: 'streaming',
    ...(type === 'reasoning' && gapMs !== undefined && { durationMs: (open?.durationMs ?? 0) + gapMs }),
  } as Part // each chunk type goes with its own part type, which the compiler cannot follow
  return open ? { ...message, parts: message.parts.with(index, part) } : addPart(message, part)
}

function addPart(message: Message, part: Part, before = closeLast(message.parts)): Message {
  return { ...message, status: 'streaming', parts: [...before, part] }
}

/** Where what is said goes on. */
function openPlace(parts: readonly Part[]): number {
  return parts.findLastIndex(({ type }) => type !== 'source' && type !== 'data')
}

/** Text that something else follows is done. */
function closeLast(parts: readonly Part[]): readonly Part[] {
  const index = openPlace(parts)
  const last = parts[index] as TextPart | undefined // whose state is no other part's
  return last?.state === 'streaming' ? parts.with(index, { ...last, state: 'done' }) : parts
}

type ToolCallChunk = Extract<Chunk, { type: `tool-call-${'delta' | 'end' | 'output'}` }>

function progressed(call: ToolCallPart, chunk: ToolCallChunk): ToolCallPart {
  if (chunk.type === 'tool-call-output') {
    return {
      ...call,
      ...chunk,
      type: 'tool-call',
      state: chunk.errorText === undefined ? 'output-available' : 'output-error',
    }
  }
  if (chunk.type === 'tool-call-delta') return { ...call, argumentsText: call.argumentsText + chunk.argumentsText }
  try {
    // A call without arguments is a call with none.
    const whole = { ...call, state: 'input-available', input: JSON.parse(call.argumentsText || '{}') } as const
    return chunk.approvalId ? { ...whole, state: 'approval-requested', approvalId: chunk.approvalId } : whole
  } catch {
    return { ...call, state: 'output-error', errorText: 'The arguments are not JSON.' }
  }
}
