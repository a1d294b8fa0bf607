import { type Chunk, isToken } from './chunk.ts'
import { defined } from './json.ts'
import type { Message, Part, ReasoningPart, ToolCallPart } from './message.ts'

/**
 * What a message becomes when its reply says one thing more. Parts that the chunk does not touch keep their identity,
 * and the cost does not depend on the length of the text. A message that is done stays as it is.
 * @param at When the chunk arrived, in epoch milliseconds; with it the message keeps its timing.
 */
export function applyChunk(message: Message, chunk: Chunk, at?: number): Message {
  if (message.status === 'done') return message
  const next = applied(message, chunk, at)
  const timing = { startedAt: at ?? 0, ...message.timing }
  if (at === undefined) return next
  if (next.status === 'done') return { ...next, timing: { ...timing, endedAt: at } }
  return isToken(chunk) ? { ...next, timing: { firstTokenAt: at, ...timing, lastTokenAt: at } } : next
}

function applied(message: Message, chunk: Chunk, at: number | undefined): Message {
  const { parts } = message
  switch (chunk.type) {
    case 'message-start': {
      const { model = message.model, responseId } = chunk
      return defined({
        ...message,
        model,
        metadata: responseId ? { ...message.metadata, responseId } : message.metadata,
      })
    }
    case 'text-delta':
      return { ...appendText(message, chunk, at), content: message.content + chunk.text }
    case 'reasoning-delta':
    case 'refusal-delta':
      return appendText(message, chunk, at)
    case 'tool-call-start':
      return addPart(message, { ...chunk, type: 'tool-call', argumentsText: '', state: 'input-streaming' })
    case 'tool-call-delta':
    case 'tool-call-end': {
      const index = parts.findLastIndex((part) => part.type === 'tool-call' && part.toolCallId === chunk.toolCallId)
      const call = parts[index]
      if (call?.type !== 'tool-call') return message
      return {
        ...message,
        parts: parts.with(index, 'argumentsText' in chunk ? withArguments(call, chunk) : withInput(call)),
      }
    }
    case 'source':
    case 'file':
      return addPart(message, chunk)
    case 'usage':
      return { ...message, usage: chunk.usage }
    case 'error':
      return { ...message, error: chunk.error }
    case 'message-end':
      return { ...message, parts: closeLast(parts), status: 'done', finishReason: chunk.finishReason }
  }
}

type TextChunk = Extract<Chunk, { type: 'text-delta' | 'reasoning-delta' | 'refusal-delta' }>

/** Goes on with the last part where it is of the same kind, else opens a new one. */
function appendText(message: Message, chunk: TextChunk, at: number | undefined): Message {
  const { type: _type, text, ...signature } = chunk
  // A `text-delta` goes to a `text` part, and so on.
  const type = chunk.type.slice(0, -'-delta'.length)
  const last = message.parts.at(-1) as ReasoningPart | undefined // read as one only where its type is the chunk's
  const open = last?.type === type && last.state === 'streaming' ? last : undefined
  // Thinking lasts from its first delta to its last, so each delta adds the time since the token before it.
  const durationMs = (open?.durationMs ?? 0) + (at ?? 0) - (message.timing?.lastTokenAt ?? at ?? 0)
  const part = {
    ...open,
    ...signature,
    type,
    text: (open?.text ?? '') + text,
    state: 'streaming',
    ...(type === 'reasoning' && at && { durationMs }),
  } as Part // each chunk type goes with its own part type, which the compiler cannot follow
  return open ? { ...message, parts: message.parts.with(-1, part) } : addPart(message, part)
}

function addPart(message: Message, part: Part): Message {
  return { ...message, status: 'streaming', parts: [...closeLast(message.parts), part] }
}

/** Text that something else follows is done. */
function closeLast(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1)
  return last && 'text' in last && last.state === 'streaming' ? parts.with(-1, { ...last, state: 'done' }) : parts
}

function withArguments(call: ToolCallPart, { argumentsText }: { readonly argumentsText: string }): ToolCallPart {
  return { ...call, argumentsText: call.argumentsText + argumentsText }
}

/** A call without arguments is a call with none: `{}`. */
function withInput(call: ToolCallPart): ToolCallPart {
  try {
    return { ...call, state: 'input-available', input: JSON.parse(call.argumentsText || '{}') }
  } catch {
    return { ...call, state: 'output-error', errorText: 'The arguments are not JSON.' }
  }
}
