import { createId, createMessage, type Message, type MessageInit, type TransportProgress } from '@millrace/core'
import { createStore } from 'zustand/vanilla'
import type { ChatStore } from './chat.ts'
import type { ChatOptions, SendInput, SendOptions } from './chat-options.ts'
import { type AskOptions, type ChatState, isReplying, type QueuedMessage } from './chat-state.ts'
import { resolveOptions } from './resolve-options.ts'
import { runReply } from './run-reply.ts'
import * as transitions from './transitions.ts'

/**
 * A chat: state, and what can be done with it, without React.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function createChat(initialOptions: ChatOptions = {}): ChatStore {
  let options = resolveOptions(initialOptions)
  let stopReply: (() => void) | undefined
  /** What each reply was asked for with, to ask for it again. */
  const asked = new Map<string, AskOptions>()
  const settleQueued = new Map<string, (reply: Message | Promise<Message>) => void>()
  const initialMessages = options.messages.map(toMessage)
  const { getState, setState, subscribe } = createStore(() => transitions.initialState(initialMessages))
  const isBusy = () => isReplying(getState())

  function change<Args extends unknown[]>(
    transition: (state: ChatState, ...args: Args) => ChatState,
    ...args: Args
  ): void {
    const next = transition(getState(), ...args)
    call(() => setState(next, true))
  }

  /** Asks for a reply to these messages, which are the thread from now on. */
  function start(messages: readonly Message[], askOptions: AskOptions): Promise<Message> {
    const { model, headers, body } = askOptions
    const reply = createMessage({ role: 'assistant', status: 'pending', model, timing: { startedAt: Date.now() } })
    asked.set(reply.id, askOptions)
    const request = { model, system: options.system, messages, headers, body: { ...options.body, ...body } }
    const onProgress = (progress: TransportProgress) => change(transitions.progressMade, reply.id, progress)
    return new Promise((settle) => {
      // Before the state says so: whoever hears of the reply may stop it at once.
      stopReply = runReply(
        request,
        { ...options, onProgress },
        options.pace,
        (chunk) => call(options.onChunk, chunk),
        (arrivals) => {
          change(transitions.chunksReceived, reply.id, arrivals)
          if (arrivals.at(-1)?.chunk.type === 'message-end') settle(finish(reply.id))
        },
      )
      change(transitions.replyRequested, messages, reply)
    })
  }

  function finish(replyId: string): Message {
    const { messages } = getState()
    const message = messages.find(({ id }) => id === replyId) ?? abortedReply()
    // After what ended it: that may be the start of another reply.
    queueMicrotask(() => {
      if (message.error) call(options.onError, message.error, message)
      call(options.onFinish, { message, messages, finishReason: message.finishReason ?? 'unknown' })
      sendQueued()
    })
    return message
  }

  function stop(): void {
    if (isBusy()) stopReply?.()
  }

  function stopAll(): void {
    for (const { message } of getState().queue) cancelQueued(message.id)
    stop()
  }

  /** After an error the queue waits: what comes next may rest on the reply that failed. */
  function sendQueued(): void {
    const { queue, status } = getState()
    const [next] = queue
    if (!next || status !== 'ready') return
    const settle = settleQueued.get(next.message.id)
    unqueue(next.message.id)
    settle?.(send(next))
  }

  function unqueue(messageId: string): void {
    settleQueued.delete(messageId)
    change(transitions.messageUnqueued, messageId)
  }

  function cancelQueued(messageId: string): void {
    settleQueued.get(messageId)?.(abortedReply())
    unqueue(messageId)
  }

  function send({ message, options: askOptions }: QueuedMessage): Promise<Message> {
    stop()
    return start([...getState().messages, message], askOptions)
  }

  /** @throws {TypeError} where nobody names a model. */
  function toAskOptions({ model = options.model, ...rest }: SendOptions): AskOptions {
    const chosen = model ?? options.provider.models[0]?.id
    if (!chosen) throw new TypeError('Name a model.')
    return { ...rest, model: chosen }
  }

  async function sendMessage(input: SendInput, modelOrOptions: string | SendOptions = {}): Promise<Message> {
    const sendOptions = typeof modelOrOptions === 'string' ? { model: modelOrOptions } : modelOrOptions
    const queued = { message: toUserMessage(input), options: toAskOptions(sendOptions) }
    const { whenBusy = options.whenBusy } = sendOptions
    if (isBusy() && whenBusy === 'reject') throw new Error('A reply is on its way.')
    if (whenBusy === 'interrupt' || (!isBusy() && getState().queue.length === 0)) return send(queued)
    const reply = new Promise<Message>((settle) => settleQueued.set(queued.message.id, settle))
    change(transitions.messageQueued, queued)
    clearError()
    return reply
  }

  async function regenerate({ messageId, model }: { messageId?: string; model?: string } = {}): Promise<Message> {
    const { messages } = getState()
    const named = messageId ? messages.findIndex(({ id }) => id === messageId) : messages.length - 1
    if (!messages[named]) throw new TypeError('No such message.')
    // Of a message by the user the reply is meant, which may not exist yet.
    const place = messages[named].role === 'assistant' ? named : named + 1
    const before = asked.get(messages[place]?.id ?? '')
    const askOptions = toAskOptions({ ...before, model: model ?? before?.model })
    stop()
    return start(messages.slice(0, place), askOptions)
  }

  function setMessages(next: Parameters<ChatStore['setMessages']>[0]): void {
    const messages = (typeof next === 'function' ? next(getState().messages) : next).map(toMessage)
    if (!messages.some(({ id, status }) => id === getState().replyId && status !== 'done')) stop()
    change(transitions.messagesSet, messages)
  }

  function clearError(): void {
    change(transitions.errorCleared)
    sendQueued()
  }

  return {
    id: options.id ?? createId(),
    getState,
    subscribe,
    setOptions(next) {
      options = resolveOptions(next)
    },
    sendMessage,
    stop,
    regenerate,
    retry: () => regenerate(),
    setMessages,
    stopAll,
    clearMessages() {
      stopAll()
      setMessages([])
    },
    clearError,
    cancelQueued,
  }
}

/** What a send resolves with that was taken back before it was sent. */
function abortedReply(): Message {
  return createMessage({ role: 'assistant', finishReason: 'aborted' })
}

function toMessage(message: Message | MessageInit): Message {
  return 'createdAt' in message && 'parts' in message && 'id' in message ? (message as Message) : createMessage(message)
}

function toUserMessage(input: SendInput): Message {
  const { text, files = [], metadata } = typeof input === 'string' ? { text: input } : input
  if (!text.trim() && files.length === 0) throw new TypeError('A message needs text.')
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
