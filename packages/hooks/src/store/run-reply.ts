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
import { threadUsage } from './thread-usage.ts'
import type { ToolStep } from './tool-loop.ts'

/** A chunk, and when it came: epoch milliseconds. */
export interface Arrival {
  readonly chunk: Chunk
  readonly at: number
}

type End = Extract<Chunk, { type: 'message-end' }>

/** One reply to be written. With tools it takes several steps: a request, what its calls return, the next request. */
export interface ReplyRun {
  /** Those at the time it was asked for. */
  readonly options: ResolvedOptions
  /** What the first step asks; without it the reply goes on with the calls it has. */
  readonly request: ChatRequest | undefined
  /** What the next step asks, once every call has its outcome. */
  nextRequest(): ChatRequest
  /** The reply with all that has arrived. */
  latest(): Message
  /** What it used before. */
  readonly usage: Usage | undefined
  onProgress(progress: TransportProgress): void
  /** Every chunk as it comes. */
  onChunk(chunk: Chunk): void
  /** Every call that wants an outcome from here. */
  readonly onToolCall: ToolStep['onToolCall']
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
  const { options } = run
  const controller = new AbortController()
  const { signal } = controller
  const ask = (request: ChatRequest) => streamReply(request, { ...options, onProgress: run.onProgress, signal })
  let chunks = run.request && ask(run.request)
  let { usage } = run
  /** Whether this step asks for something to be run here. */
  let hasCalls = !chunks
  let hasToken = false
  let isOver = false

  function arrive(chunk: Chunk): void {
    if (isOver) return
    const isFirst = !hasToken && isToken(chunk)
    hasToken ||= isFirst
    hasCalls ||= chunk.type === 'tool-call-start' && !chunk.providerExecuted
    isOver = chunk.type === 'message-end'
    run.arrive({ chunk, at: Date.now() }, isFirst || isOver)
  }

  function take(chunk: Chunk): void {
    if (isOver) return
    run.onChunk(chunk)
    arrive(chunk)
  }

  /** One request. @returns how it ended. */
  async function step(): Promise<End> {
    let end: End = { type: 'message-end', finishReason: 'tool-calls' }
    const before = usage
    for await (const chunk of chunks ?? []) {
      if (isOver) break
      if (chunk.type === 'message-end') end = chunk
      else if (chunk.type === 'usage') {
        // Each step is paid for.
        usage = threadUsage([{ usage: before }, chunk])
        take({ ...chunk, usage: usage ?? chunk.usage })
      } else take(chunk)
    }
    return end
  }

  async function read(): Promise<void> {
    for (let count = 1; !isOver; count++) {
      const end = await step()
      if (!hasCalls || !(await goOn(count, end))) take(end)
    }
  }

  /** Runs the calls. @returns whether there is a next step. */
  async function goOn(count: number, { finishReason }: End): Promise<boolean | undefined> {
    const { tools = {}, maxSteps } = options
    return loopOf(tools)?.runCalls({
      ...run,
      tools,
      finishReason,
      count,
      maxSteps,
      signal,
      emit: take,
      askOn() {
        hasCalls = false
        chunks = ask(run.nextRequest())
      },
    })
  }

  // Nothing arrives before the caller has taken note of the reply.
  queueMicrotask(read)
  return () => {
    arrive({ type: 'message-end', finishReason: 'aborted' })
    controller.abort()
  }
}
