import {
  appendMessage,
  applyChunk,
  ChatError,
  type Chunk,
  emptyThread,
  forkThread,
  type Message,
  parentIdOf,
  selectBranch,
  type Thread,
  type TransportProgress,
  updateMessage,
} from '@millrace/core'
import { type ChatState, isReplying, type QueuedMessage, type ReadyState, type ReplyingState } from './chat-state.ts'

/** A chunk, and when it came: epoch milliseconds. */
export interface Arrival {
  readonly chunk: Chunk
  readonly at: number
}

export function initialState(messages: readonly Message[]): ChatState {
  return { ...emptyThread, messages, queue: [], status: 'ready' }
}

/** Back to `ready` on that thread, whatever went on before. */
function ready({ queue }: ChatState, { messages, forks }: Thread): ReadyState {
  return { messages, forks, queue, status: 'ready' }
}

function submitted({ queue }: ChatState, { messages, forks }: Thread, replyId: string): ReplyingState {
  return { messages, forks, queue, status: 'submitted', replyId }
}

/** A message goes out, and the place for its reply is there at once. */
export function messageSent(state: ChatState, message: Message, reply: Message): ChatState {
  return submitted(state, appendMessage(appendMessage(state, message), reply), reply.id)
}

/** A reply is asked for anew. The one it replaces stays as a branch, unless it says nothing. */
export function replyRequested(state: ChatState, replaced: Message | undefined, reply: Message): ChatState {
  const parentId = replaced ? parentIdOf(state, replaced.id) : (state.messages.at(-1)?.id ?? '')
  const thread =
    replaced && replaced.parts.length === 0 && replaced.id === state.messages.at(-1)?.id
      ? updateMessage(state, replaced.id, () => reply)
      : forkThread(state, parentId, reply)
  return submitted(state, thread, reply.id)
}

/** Ignored once the reply is over: chunks may still be in flight after `stop()`. */
export function chunksReceived(state: ChatState, replyId: string, arrivals: readonly Arrival[]): ChatState {
  if (!isReplying(state) || state.replyId !== replyId) return state
  let reply: Message | undefined
  const thread = updateMessage(state, replyId, (message) => {
    reply = arrivals.reduce((before, { chunk, at }) => applyChunk(before, chunk, at), message)
    return reply
  })
  if (!reply) return ready(state, thread)
  if (reply.status === 'done') return replyEnded(state, thread, reply)
  return { ...submitted(state, thread, replyId), status: reply.status === 'pending' ? 'submitted' : 'streaming' }
}

function replyEnded(state: ChatState, thread: Thread, { error, finishReason }: Message): ChatState {
  const hasFailed = finishReason === 'error' || finishReason === 'incomplete'
  if (!hasFailed) return ready(state, thread)
  return { ...ready(state, thread), status: 'error', error: error ?? new ChatError('provider-error') }
}

export function progressMade(state: ChatState, replyId: string, progress: TransportProgress, at: number): ChatState {
  if (!isReplying(state) || state.replyId !== replyId) return state
  const { retryAt: _retryAt, stalledForMs: _stalledForMs, ...rest } = state
  switch (progress.type) {
    case 'headers':
      return {
        ...rest,
        ...updateMessage(state, replyId, (reply) => ({
          ...reply,
          timing: { startedAt: at, ...reply.timing, headersAt: at },
        })),
      }
    case 'retry':
      return { ...rest, retryAt: progress.retryAt }
    case 'stalled':
      return progress.forMs > 0 ? { ...state, stalledForMs: progress.forMs } : rest
  }
}

export function messageQueued(state: ChatState, queued: QueuedMessage): ChatState {
  return { ...state, queue: [...state.queue, queued] }
}

export function messageUnqueued(state: ChatState, messageId: string): ChatState {
  return { ...state, queue: state.queue.filter(({ message }) => message.id !== messageId) }
}

/** Branches stay where the message that they follow is still there. */
export function messagesSet(state: ChatState, messages: readonly Message[]): ChatState {
  const ids = new Set(messages.map(({ id }) => id)).add('')
  const forks = new Map([...state.forks].filter(([parentId]) => messages.length > 0 && ids.has(parentId)))
  return isReplying(state) ? { ...state, messages, forks } : ready(state, { messages, forks })
}

export function errorCleared(state: ChatState): ChatState {
  return state.status === 'error' ? ready(state, state) : state
}

export function branchSelected(state: ChatState, messageId: string, index: number): ChatState {
  return ready(state, selectBranch(state, messageId, index))
}
