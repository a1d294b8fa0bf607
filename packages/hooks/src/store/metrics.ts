import {
  allMessages,
  type Cost,
  type Message,
  messageCost,
  type Provider,
  type Thread,
  type ThreadCost,
  threadCost,
  type Usage,
} from '@millrace/core'
import { createTokenEstimator } from './estimate-tokens.ts'
import { threadUsage } from './thread-usage.ts'

/** What a reply took. What is not known, or not yet, is undefined. */
export interface MessageMetrics {
  /** From the request to the first token. */
  readonly timeToFirstTokenMs: number | undefined
  /** From the request to the end, or to the last token so far; with all that lay between, tools and pauses included. */
  readonly durationMs: number | undefined
  /** The longest wait for a token while the model was writing. */
  readonly longestGapMs: number | undefined
  /** What the model wrote: text, thoughts and the arguments of tools. */
  readonly outputTokens: number | undefined
  /**
   * `outputTokens` and `tokensPerSecond` are estimates, by the rule of `estimateTokens`: the reply is on its way, or the
   * provider gave no count of the whole. It never does for a reply that was stopped or broke off, nor for what such a reply
   * had said before it went on.
   */
  readonly isEstimate: boolean
  /**
   * While the model was writing: neither the wait for the first token counts, nor tools, nor thoughts that are not shown.
   * Undefined for a reply that came in one piece.
   */
  readonly tokensPerSecond: number | undefined
  /** As the provider counted. While a reply is on its way, and after one that broke off, it may hold a part only. */
  readonly usage: Usage | undefined
  /** Once the provider has counted the whole; undefined where the price is not known. */
  readonly cost: Cost | undefined
}

/** What a thread took, all branches included: what is not shown was paid for too. */
export interface ThreadMetrics {
  readonly usage: Usage | undefined
  readonly cost: ThreadCost
}

/** @param estimate Counts where the provider has not. `createTokenEstimator()` does so at the cost of what is new. */
export function messageMetrics(
  message: Message,
  provider: Provider,
  estimate: (message: Message) => number = createTokenEstimator(),
): MessageMetrics {
  const { role, usage, timing } = message
  const { startedAt, firstTokenAt, lastTokenAt, endedAt = lastTokenAt, longestGapMs, writingMs } = timing ?? {}
  const isReply = role === 'assistant'
  const isEstimate = isReply && !isCounted(message)
  const estimated = isEstimate ? Math.max(estimate(message), usage?.outputTokens ?? 0) : undefined
  const shown = estimated ?? (usage && shownTokens(message, usage))
  return {
    timeToFirstTokenMs: since(startedAt, firstTokenAt),
    durationMs: since(startedAt, endedAt),
    longestGapMs,
    outputTokens: estimated ?? usage?.outputTokens,
    isEstimate,
    tokensPerSecond: writingMs && shown !== undefined ? (shown / writingMs) * 1000 : undefined,
    usage,
    cost: isEstimate ? undefined : messageCost(message, provider),
  }
}

/** What all replies of a thread took together, those on other branches included. */
export function threadMetrics(thread: Thread, provider: Provider): ThreadMetrics {
  const messages = allMessages(thread)
  return { usage: threadUsage(messages), cost: threadCost(messages, provider) }
}

/** Some providers name a count at the start of a reply or with every chunk: it is the whole only at a regular end. */
function isCounted({ usage, usageIsPartial, status, finishReason = 'unknown' }: Message): boolean {
  return (
    usage !== undefined && !usageIsPartial && status === 'done' && !/^(aborted|incomplete|error)$/.test(finishReason)
  )
}

/** Without the thoughts that were not streamed. Providers count thoughts within the output or, as few do, beside it. */
function shownTokens(
  { parts }: Message,
  { inputTokens, outputTokens, totalTokens, reasoningTokens = 0 }: Usage,
): number {
  const beside = Math.min(reasoningTokens, Math.max(0, totalTokens - inputTokens - outputTokens))
  const isShown = parts.some(({ type }) => type === 'reasoning')
  return isShown ? outputTokens + beside : outputTokens - (reasoningTokens - beside)
}

function since(start: number | undefined, end: number | undefined): number | undefined {
  return start === undefined || end === undefined ? undefined : end - start
}
