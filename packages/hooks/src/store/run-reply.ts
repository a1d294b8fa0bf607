import { type ChatRequest, type Chunk, isToken, streamReply, type TransportOptions } from '@millrace/core'
import type { Pace } from './chat-options.ts'
import { createPacer } from './pace.ts'

/** A chunk, and when it came: epoch milliseconds. */
export interface Arrival {
  readonly chunk: Chunk
  readonly at: number
}

/**
 * Streams one reply.
 * @param receive Gets what came, as often as the pace says; the last that it ever gets is a `message-end`.
 * @throws {TypeError} for a request that cannot be written.
 * @returns how to stop it: that hands over what came so far, and an end, before it returns.
 */
export function runReply(
  request: ChatRequest,
  options: TransportOptions,
  pace: Pace,
  onChunk: (chunk: Chunk) => void,
  receive: (arrivals: readonly Arrival[]) => void,
): () => void {
  const controller = new AbortController()
  const chunks = streamReply(request, { ...options, signal: controller.signal })
  const arrivals: Arrival[] = []
  let hasToken = false
  let isOver = false
  const pacer = createPacer(pace, () => receive(arrivals.splice(0)))

  function arrive(chunk: Chunk): void {
    if (isOver) return
    arrivals.push({ chunk, at: Date.now() })
    const isFirst = !hasToken && isToken(chunk)
    hasToken ||= isFirst
    isOver = chunk.type === 'message-end'
    if (isFirst || isOver) pacer.now()
    else pacer.later()
  }

  async function read(): Promise<void> {
    for await (const chunk of chunks) {
      if (isOver) return
      onChunk(chunk)
      arrive(chunk)
    }
  }

  // Nothing arrives before the caller has taken note of the reply.
  queueMicrotask(read)
  return () => {
    arrive({ type: 'message-end', finishReason: 'aborted' })
    controller.abort()
  }
}
