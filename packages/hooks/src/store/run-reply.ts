import {
  type ChatRequest,
  type Chunk,
  isToken,
  type Message,
  streamReply,
  type ToolCallPart,
  type TransportProgress,
  type Usage,
} from '@millrace/core'
import { loopOf, type ResolvedOptions } from './resolve-options.ts'
import { addUsage } from './thread-usage.ts'

/** A chunk, and when it came: epoch milliseconds. */
export interface Arrival {
  readonly chunk: Chunk
  readonly at: number
}

/** One reply to be written. With tools it takes several requests. */
export interface ReplyRun {
  /** Those at the time it was asked for. */
  readonly options: ResolvedOptions
  /** What is asked first; without it the reply goes on with the calls it has. */
  readonly request: ChatRequest | undefined
  /** What is asked next, once every call has its outcome. */
  nextRequest(): ChatRequest
  /** The reply with all that has arrived. */
  latest(): Message
  /** What it used before. */
  readonly usage: Usage | undefined
  onProgress(progress: TransportProgress): void
  /** Every chunk as it comes. */
  onChunk(chunk: Chunk): void
  /** Every call that wants an outcome from here. */
  onToolCall(call: ToolCallPart): void
  update(change: (message: Message) => Message): void
  /** Gets what comes; the last that it ever gets is a `message-end`. What is urgent must not wait for a frame. */
  arrive(arrival: Arrival, isUrgent: boolean): void
}

/**
 * Writes one reply.
 * @throws {TypeError} for a request that cannot be written.
 * @returns how to stop it: that hands over what came so far, and an end, before it returns.
 */
export function runReply(run: ReplyRun): () => void {
  const { options, request } = run
  const controller = new AbortController()
  const { signal } = controller
  const ask = (next: ChatRequest) => streamReply(next, { ...options, onProgress: run.onProgress, signal })
  const chunks = request && ask(request)
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
    const { tools = {}, maxSteps } = options
    const askOn = () => ask(run.nextRequest())
    const steps = loopOf(tools)?.write({ ...run, tools, maxSteps, signal, chunks, emit: take, askOn })
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
