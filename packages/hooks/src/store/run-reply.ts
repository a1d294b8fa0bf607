import {
  type ChatRequest,
  type Chunk,
  isToken,
  type Message,
  streamReply,
  type TransportProgress,
  type Usage,
} from '@millrace/core'
import { loopOf, type ResolvedOptions } from './resolve-options.ts'
import { addUsage } from './thread-usage.ts'
import type { ToolChat } from './tool-loop.ts'

/** A chunk, and when it came: epoch milliseconds. */
export interface Arrival {
  readonly chunk: Chunk
  readonly at: number
}

/** One reply to be written. With tools it takes several requests. */
export interface ReplyRun {
  readonly id: string
  readonly chat: ToolChat
  /** Those at the time it was asked for. */
  readonly options: ResolvedOptions
  /** What every request has. */
  readonly given: Omit<ChatRequest, 'messages'>
  /** What the first one has besides; without it the reply goes on with the calls it has. */
  readonly first: Pick<ChatRequest, 'messages' | 'continueLast'> | undefined
  /** The reply with all that has arrived. */
  latest(): Message
  /** What it used before. */
  readonly usage: Usage | undefined
  onProgress(progress: TransportProgress): void
  /** Every chunk as it comes. */
  onChunk(chunk: Chunk): void
  /** Gets what comes; the last that it ever gets is a `message-end`. What is urgent must not wait for a frame. */
  arrive(arrival: Arrival, isUrgent: boolean): void
}

/**
 * Writes one reply.
 * @throws {TypeError} for a request that cannot be written.
 * @returns how to stop it: that hands over what came so far, and an end, before it returns.
 */
export function runReply(run: ReplyRun): () => void {
  const { options, given, first } = run
  const controller = new AbortController()
  const { signal } = controller
  const ask = (asked: typeof first & {}) =>
    streamReply({ ...given, ...asked }, { ...options, onProgress: run.onProgress, signal })
  const chunks = first && ask(first)
  let hasToken = false
  let isOver = false

  function arrive(chunk: Chunk): void {
    if (isOver) return
    const isFirst = !hasToken && isToken(chunk)
    hasToken ||= isFirst
    isOver = chunk.type === 'message-end'
    run.arrive({ chunk, at: Date.now() }, isFirst || isOver)
  }

  function take(chunk: Chunk): void {
    if (isOver) return
    run.onChunk(chunk)
    arrive(chunk)
  }

  async function read(): Promise<void> {
    const steps = loopOf(options)?.write({ ...run, signal, chunks, emit: take, ask })
    for await (const chunk of steps ?? chunks ?? []) {
      if (isOver) break
      take(chunk.type === 'usage' ? { ...chunk, usage: addUsage(run.usage, chunk.usage) } : chunk)
    }
  }

  // Nothing arrives before the caller has taken note of the reply.
  queueMicrotask(read)
  return () => {
    arrive({ type: 'message-end', finishReason: 'aborted' })
    controller.abort()
  }
}
