import { applyChunk, ChatError, type Message, type TransportProgress } from '@millrace/core'
import { type ChatState, isReplying, type QueuedMessage, type ReadyState } from './chat-state.ts'
import type { Arrival } from './run-reply.ts'
import { threadUsage } from './thread-usage.ts'

/** A thread on which no reply is on its way. */
function settled(state: { readonly queue: ChatState['queue'] }, messages: readonly Message[]): ReadyState {
  const usage = threadUsage(messages)
  const idle = { error: undefined, replyId: undefined, retryAt: undefined, stalledForMs: undefined }
  return { queue: state.queue, messages, usage, ...idle, status: 'ready' }
}

export function initialState(messages: readonly Message[]): ChatState {
  return settled({ queue: [] }, messages)
}

/** A reply to these messages is on its way; they are the thread from now on. */
export function replyRequested(state: ChatState, messages: readonly Message[], reply: Message): ChatState {
  return { ...settled(state, [...messages, reply]), status: 'submitted', replyId: reply.id }
}

export function chunksReceived(state: ChatState, replyId: string, arrivals: readonly Arrival[]): ChatState {
  return updateReply(state, replyId, (reply) =>
    arrivals.reduce((message, { chunk, at }) => applyChunk(message, chunk, at), reply),
  )
}

export function progressMade(state: ChatState, replyId: string, { headersAt, ...rest }: TransportProgress): ChatState {
  const withTiming = (reply: Message) => ({ ...reply, timing: { startedAt: 0, ...reply.timing, headersAt } })
  const next = headersAt ? updateReply(state, replyId, withTiming) : state
  return isReplying(next) && next.replyId === replyId ? { ...next, ...rest } : state
}

/** Ignored once the reply is over: chunks may still be in flight after `stop()`. Other messages keep their identity. */
function updateReply(state: ChatState, replyId: string, update: (reply: Message) => Message): ChatState {
  // It is nearly always the last one.
  const index = state.messages.findLastIndex(({ id }) => id === replyId)
  const before = state.messages[index]
  if (!before || !isReplying(state) || state.replyId !== replyId) return state
  const reply = update(before)
  const messages = state.messages.with(index, reply)
  if (reply.status === 'pending') return { ...state, messages }
  if (reply.status === 'streaming') return { ...state, messages, status: 'streaming' }
  const { finishReason, error = new ChatError('provider-error') } = reply
  const hasFailed = finishReason === 'error' || finishReason === 'incomplete'
  return hasFailed ? { ...settled(state, messages), status: 'error', error } : settled(state, messages)
}

export function messageQueued(state: ChatState, queued: QueuedMessage): ChatState {
  return { ...state, queue: [...state.queue, queued] }
}

export function messageUnqueued(state: ChatState, messageId: string): ChatState {
  return { ...state, queue: state.queue.filter(({ message }) => message.id !== messageId) }
}

export function messagesSet(state: ChatState, messages: readonly Message[]): ChatState {
  return isReplying(state) ? { ...state, messages } : settled(state, messages)
}

export function errorCleared(state: ChatState): ChatState {
  return state.status === 'error' ? settled(state, state.messages) : state
}
