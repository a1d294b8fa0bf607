import { applyChunk } from '../apply-chunk.ts'
import type { Chunk } from '../chunk.ts'
import { createMessage, type Message } from '../message.ts'

export const startedAt = 1_700_000_000_000
export const pending = createMessage({ id: 'r', role: 'assistant', status: 'pending', timing: { startedAt } })

/** A chunk, or one with the milliseconds after the start at which it came. */
export type Arriving = Chunk | [afterMs: number, chunk: Chunk]

export function apply(chunks: readonly Arriving[], message: Message = pending): Message {
  return chunks.reduce<Message>(
    (before, arriving) =>
      Array.isArray(arriving) ? applyChunk(before, arriving[1], startedAt + arriving[0]) : applyChunk(before, arriving),
    message,
  )
}

export const text = (text: string): Chunk => ({ type: 'text-delta', text })
export const reasoning = (text: string, signature?: string): Chunk => ({
  type: 'reasoning-delta',
  text,
  ...(signature && { signature }),
})
export const callStart = (toolCallId = 'a'): Chunk => ({ type: 'tool-call-start', toolCallId, toolName: 'look' })
export const callDelta = (argumentsText: string, toolCallId = 'a'): Chunk => ({
  type: 'tool-call-delta',
  toolCallId,
  argumentsText,
})
export const callEnd = (toolCallId = 'a'): Chunk => ({ type: 'tool-call-end', toolCallId })
export const end: Chunk = { type: 'message-end', finishReason: 'stop' }
