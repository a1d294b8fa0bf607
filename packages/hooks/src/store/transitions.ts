import {
  allMessages,
  applyChunk,
  findMessage,
  type Message,
  type Thread,
  type TransportProgress,
  updateMessage,
} from '@millrace/core'
import { type ChatState, isReplying, type QueuedMessage, type ReadyState, type ReplyingState } from './chat-state.ts'
import type { Arrival } from './run-reply.ts'
import { threadUsage } from './thread-usage.ts'

const nothing = { error: undefined, retryAt: undefined, stalledForMs: undefined }

/** A thread on which no reply is on its way. */
function settled(queue: ChatState['queue'], thread: Thread): ReadyState {
  const { messages, forks } = thread
  const usage = threadUsage(allMessages(thread))
  return { status: 'ready', messages, forks, queue, usage, replyIds: [], ...nothing }
}

export function initialState(thread: Thread): ChatState {
  return settled([], thread)
}

/** Replies are on their way, which this thread has a place for. */
export function repliesRequested(state: ChatState, thread: Thread, ids: readonly string[]): ChatState {
  const replyIds = [...state.replyIds, ...ids]
  return { ...settled(state.queue, thread), status: statusOf(thread, replyIds), replyIds }
}

/** What came for each reply, in its order. */
export function chunksReceived(
  state: ChatState,
  replies: readonly (readonly [replyId: string, arrivals: readonly Arrival[]])[],
): ChatState {
  return replies.reduce(
    (next, [id, arrivals]) =>
      updateReply(next, id, (reply) =>
        arrivals.reduce((before, { chunk, at }) => applyChunk(before, chunk, at), reply),
      ),
    state,
  )
}

export function progressMade(
  state: ChatState,
  replyId: string,
  { headersAt, resumeFrom, ...rest }: TransportProgress,
): ChatState {
  const withNews = (reply: Message) => ({
    ...reply,
    ...(headersAt && { timing: { startedAt: headersAt, ...reply.timing, headersAt } }),
    // With the message it is saved, for whoever opens the page again: which stream, and what the reply was before it.
    ...(resumeFrom && { metadata: { ...reply.metadata, resumeFrom, resumeOnto: sizeOf(reply) } }),
  })
  const next = headersAt || resumeFrom ? updateReply(state, replyId, withNews) : state
  return isWriting(next, replyId) ? { ...next, ...rest } : state
}

function sizeOf({ parts, content, usage }: Message) {
  return { parts: parts.length, length: content.length, usage }
}

/** Ignored once the reply is over: chunks may still be in flight after `stop()`. Other messages keep their identity. */
export function updateReply(state: ChatState, replyId: string, update: (reply: Message) => Message): ChatState {
  if (!isWriting(state, replyId)) return state
  const next = updateMessage(state, replyId, update)
  const reply = findMessage(next, replyId)
  if (reply?.status === 'pending') return next
  if (reply?.status === 'streaming') return { ...next, status: 'streaming' }
  const replyIds = state.replyIds.filter((id) => id !== replyId)
  // What was said of its connection says nothing of the others.
  if (replyIds.length > 0) return { ...next, ...nothing, replyIds, status: statusOf(next, replyIds) }
  return ended(next, reply)
}

function isWriting(state: ChatState, replyId: string): state is ReplyingState {
  return state.replyIds.includes(replyId)
}

function statusOf(thread: Thread, replyIds: readonly string[]): 'submitted' | 'streaming' {
  const isStreaming = replyIds.some((id) => findMessage(thread, id)?.status === 'streaming')
  return isStreaming ? 'streaming' : 'submitted'
}

/**
 * The last reply that was on its way is over. Of a failure the state tells only where it is seen, and not after a stop:
 * whoever stops knows, and the chat is theirs again.
 */
function ended(state: ChatState, reply?: Message): ChatState {
  const { queue, messages } = state
  const error = [reply, messages.at(-1)].find((each) => each?.error && messages.includes(each))?.error
  if (!error || reply?.finishReason === 'aborted') return settled(queue, state)
  return { ...settled(queue, state), status: 'error', error }
}

export function messageQueued(state: ChatState, queued: QueuedMessage): ChatState {
  return { ...state, queue: [...state.queue, queued] }
}

export function queuedMessageChanged(state: ChatState, message: Message): ChatState {
  return {
    ...state,
    queue: state.queue.map((queued) => (queued.message.id === message.id ? { ...queued, message } : queued)),
  }
}

export function messageUnqueued(state: ChatState, messageId: string): ChatState {
  return { ...state, queue: state.queue.filter(({ message }) => message.id !== messageId) }
}

/** Another thread, or another path through it. What is on its way in it goes on, and a failure that is still shown is one. */
export function threadSet(state: ChatState, { messages, forks }: Thread): ChatState {
  // A new map wherever more may have changed than a reply on its way: `createMessageIndex` lives on that.
  const next = { ...state, messages, forks: new Map(forks) }
  if (isReplying(state)) return next
  return state.error ? ended(next) : settled(state.queue, next)
}

export function errorCleared(state: ChatState): ChatState {
  return state.error ? settled(state.queue, state) : state
}
