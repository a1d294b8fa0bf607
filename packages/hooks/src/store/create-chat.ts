import {
  ChatError,
  type ChatRequest,
  type Chunk,
  createId,
  createMessage,
  holysheep,
  isToken,
  type Message,
  type MessageInit,
  streamReply,
  type TransportOptions,
} from '@millrace/core'
import { createStore } from 'zustand/vanilla'
import { assertChatOptions } from './assert-options.ts'
import type { ChatStore } from './chat.ts'
import type { ChatOptions, SendInput, SendOptions } from './chat-options.ts'
import { type ChatState, isReplying, type QueuedMessage } from './chat-state.ts'
import { createPacer, type Pacer } from './pace.ts'
import * as transitions from './transitions.ts'

/** A reply on its way. */
interface Run {
  readonly replyId: string
  readonly controller: AbortController
  readonly pacer: Pacer
  /** What arrived since the last commit. */
  readonly arrivals: transitions.Arrival[]
  readonly settle: (reply: Message) => void
}

/**
 * A chat: state, and what can be done with it, without React.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function createChat(initialOptions: ChatOptions = {}): ChatStore {
  assertChatOptions(initialOptions)
  let options = initialOptions
  const id = options.id ?? createId()
  const store = createStore<ChatState>(() => transitions.initialState((options.messages ?? []).map(toMessage)))
  let run: Run | undefined
  const waiting = new Map<string, (reply: Message) => void>()

  const commit = (state: ChatState) => store.setState(state, true)
  const findMessage = (messageId: string) => store.getState().messages.find((message) => message.id === messageId)

  /** Asks for the reply that `begin` has put into the state. */
  function start(begin: (state: ChatState, reply: Message) => ChatState, sendOptions: SendOptions): Promise<Message> {
    stop()
    const model = sendOptions.model ?? options.model ?? (options.provider ?? holysheep).models[0]?.id
    if (!model)
      return Promise.reject(new TypeError('No model is named. Set the option model, or name one with the message.'))
    const startedAt = Date.now()
    const reply = createMessage({
      role: 'assistant',
      status: 'pending',
      model,
      createdAt: startedAt,
      timing: { startedAt },
    })
    commit(begin(store.getState(), reply))
    return new Promise((settle) => {
      const pacer = createPacer(options.pace ?? 'frame', () => flush(started))
      const started: Run = { replyId: reply.id, controller: new AbortController(), pacer, arrivals: [], settle }
      run = started
      void receive(started, toRequest(store.getState(), reply.id, model, sendOptions))
    })
  }

  function toRequest({ messages }: ChatState, replyId: string, model: string, sendOptions: SendOptions): ChatRequest {
    return {
      model,
      system: options.system,
      messages: messages.filter((message) => message.id !== replyId),
      body: { ...options.body, ...sendOptions.body },
      headers: sendOptions.headers,
    }
  }

  async function receive(current: Run, request: ChatRequest): Promise<void> {
    let hasToken = false
    try {
      for await (const chunk of streamReply(request, transportOptions(current))) {
        if (run !== current) return
        call(options.onChunk, chunk)
        const isFirst: boolean = !hasToken && isToken(chunk)
        hasToken ||= isFirst
        arrive(current, chunk, isFirst)
      }
    } catch (cause) {
      // The transport never throws for what a stream does: this is a request that could not be written.
      const error = new ChatError('bad-request', { what: 'The request could not be written.', cause })
      arrive(current, { type: 'error', error }, false)
      arrive(current, { type: 'message-end', finishReason: 'error' }, true)
    }
  }

  function transportOptions({ replyId, controller }: Run): TransportOptions {
    return {
      ...options,
      provider: options.provider ?? holysheep,
      signal: controller.signal,
      onProgress: (progress) => commit(transitions.progressMade(store.getState(), replyId, progress, Date.now())),
    }
  }

  function arrive({ arrivals, pacer }: Run, chunk: Chunk, isFirst: boolean): void {
    arrivals.push({ chunk, at: Date.now() })
    if (isFirst || chunk.type === 'message-end') pacer.now()
    else pacer.later()
  }

  function flush(current: Run): void {
    if (run !== current) return
    const state = transitions.chunksReceived(store.getState(), current.replyId, current.arrivals.splice(0))
    // Over before the listeners hear of it: one of them may send the next message.
    if (!isReplying(state)) run = undefined
    commit(state)
    if (!isReplying(state)) finish(current)
  }

  function finish({ replyId, pacer, settle }: Run): void {
    pacer.cancel()
    const { messages } = store.getState()
    const message = findMessage(replyId) ?? abortedReply()
    const { finishReason = 'unknown', error, usage } = message
    settle(message)
    if (error) call(options.onError, error, message)
    call(options.onFinish, {
      message,
      messages,
      finishReason,
      isAbort: finishReason === 'aborted',
      isError: finishReason === 'error',
      isDisconnect: finishReason === 'incomplete',
      usage,
    })
    // After an error the queue waits: what comes next may rest on the reply that failed.
    if (!error) queueMicrotask(sendQueued)
  }

  function stop(): void {
    if (!run) return
    const current = run
    arrive(current, { type: 'message-end', finishReason: 'aborted' }, true)
    current.controller.abort()
  }

  function sendQueued(): void {
    const { queue, status } = store.getState()
    const next = queue[0]
    if (run || !next || status === 'error') return
    const settle = waiting.get(next.message.id)
    drop(next.message.id)
    void send(next).then(settle)
  }

  function drop(messageId: string): void {
    waiting.delete(messageId)
    commit(transitions.messageUnqueued(store.getState(), messageId))
  }

  function send({ message, options: sendOptions }: QueuedMessage): Promise<Message> {
    return start((state, reply) => transitions.messageSent(state, message, reply), sendOptions)
  }

  function enqueue(queued: QueuedMessage): Promise<Message> {
    commit(transitions.messageQueued(store.getState(), queued))
    return new Promise((resolve) => waiting.set(queued.message.id, resolve))
  }

  async function sendMessage(input: SendInput, modelOrOptions: string | SendOptions = {}): Promise<Message> {
    const sendOptions = typeof modelOrOptions === 'string' ? { model: modelOrOptions } : modelOrOptions
    const queued: QueuedMessage = { message: toUserMessage(input), options: sendOptions }
    const whenBusy = sendOptions.whenBusy ?? options.whenBusy ?? 'queue'
    if (run && whenBusy === 'reject')
      throw new Error('A reply is on its way. Wait for it, stop it, or let messages queue.')
    const { queue } = store.getState()
    if (whenBusy === 'interrupt' || (!run && queue.length === 0)) return send(queued)
    const reply = enqueue(queued)
    if (!run) {
      commit(transitions.errorCleared(store.getState()))
      sendQueued()
    }
    return reply
  }

  function regenerate({ messageId, model }: { messageId?: string; model?: string } = {}): Promise<Message> {
    stop()
    const { messages } = store.getState()
    const index = messageId === undefined ? messages.length - 1 : messages.findIndex(({ id }) => id === messageId)
    const named = messages[index]
    if (!named) return Promise.reject(new TypeError(`There is no message ${messageId ?? 'yet'} to answer.`))
    // Of a message by the user the reply is meant, which may not exist.
    const replaced = named.role === 'assistant' ? named : messages[index + 1]
    return start((state, reply) => transitions.replyRequested(state, replaced, reply), { model })
  }

  return {
    id,
    getState: store.getState,
    subscribe: store.subscribe,
    setOptions(next) {
      assertChatOptions(next)
      options = next
    },
    sendMessage,
    stop,
    regenerate,
    retry: () => regenerate(),
    setMessages(next) {
      const messages = (typeof next === 'function' ? next(store.getState().messages) : next).map(toMessage)
      if (run && !messages.some((message) => message.id === run?.replyId)) stop()
      commit(transitions.messagesSet(store.getState(), messages))
    },
    clearMessages() {
      stop()
      for (const { message } of store.getState().queue) cancelQueued(message.id)
      commit(transitions.messagesSet(store.getState(), []))
    },
    clearError() {
      commit(transitions.errorCleared(store.getState()))
      sendQueued()
    },
    selectBranch(messageId, index) {
      stop()
      commit(transitions.branchSelected(store.getState(), messageId, index))
    },
    cancelQueued,
  }

  function cancelQueued(messageId: string): void {
    const settle = waiting.get(messageId)
    drop(messageId)
    settle?.(abortedReply())
  }
}

/** What a send resolves with that was taken back before it was sent. */
function abortedReply(): Message {
  return createMessage({ role: 'assistant', finishReason: 'aborted' })
}

function toMessage(message: Message | MessageInit): Message {
  return 'parts' in message && 'content' in message && 'id' in message ? (message as Message) : createMessage(message)
}

function toUserMessage(input: SendInput): Message {
  const { text, files = [], metadata } = typeof input === 'string' ? { text: input } : input
  if (typeof text !== 'string' || (text.trim() === '' && files.length === 0)) {
    throw new TypeError('A message needs text or a file.')
  }
  return createMessage({ role: 'user', content: text, parts: files, ...(metadata && { metadata }) })
}

/** A mistake in somebody's callback is theirs to see, and none of the stream's business. */
function call<Args extends unknown[]>(callback: ((...args: Args) => void) | undefined, ...args: Args): void {
  try {
    callback?.(...args)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
