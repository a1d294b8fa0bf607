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

/** Ignored once the reply is over: chunks may still be in flight after `stop()`. */
export function chunksReceived(state: ChatState, replyId: string, arrivals: readonly Arrival[]): ChatState {
  if (!isReplying(state) || state.replyId !== replyId) return state
  const received = (reply: Message) =>
    arrivals.reduce((message, { chunk, at }) => applyChunk(message, chunk, at), reply)
  const next = updateMessage(state, replyId, received)
  const reply = next.messages.findLast(({ id }) => id === replyId)
  switch (reply?.status) {
    case 'pending':
      return next
    case 'streaming':
      return { ...next, status: 'streaming' }
    default:
      return replyEnded(next, reply)
  }
}

function replyEnded(state: ChatState, reply: Message | undefined): ChatState {
  const next = settled(state, state.messages)
  const hasFailed = reply?.finishReason === 'error' || reply?.finishReason === 'incomplete'
  return hasFailed ? { ...next, status: 'error', error: reply.error ?? new ChatError('provider-error') } : next
}

export function progressMade(state: ChatState, replyId: string, { headersAt, ...rest }: TransportProgress): ChatState {
  if (!isReplying(state) || state.replyId !== replyId) return state
  const withTiming = (reply: Message) => ({ ...reply, timing: { startedAt: 0, ...reply.timing, headersAt } })
  return { ...(headersAt ? updateMessage(state, replyId, withTiming) : state), ...rest }
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

/** Replaces a message; every other one keeps its identity. */
function updateMessage<T extends ChatState>(state: T, id: string, update: (message: Message) => Message): T {
  // The message that changes is nearly always the last one.
  const index = state.messages.findLastIndex((message) => message.id === id)
  const message = state.messages[index]
  return message ? { ...state, messages: state.messages.with(index, update(message)) } : state
}
