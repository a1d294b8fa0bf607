import {
  addMessage,
  allMessages,
  type ChatRequest,
  createId,
  createMessage,
  createThread,
  findMessage,
  type Message,
  type MessageInit,
  pathTo,
  replaceMessages,
  selectBranch,
  showMessage,
  type Thread,
  updateMessage,
} from '@millrace/core'
import { createStore } from 'zustand/vanilla'
import type { ChatStore, RegenerateOptions } from './chat.ts'
import type { ChatOptions, SendInput, SendOptions } from './chat-options.ts'
import { type AskOptions, type ChatState, isReplying, type QueuedMessage } from './chat-state.ts'
import { finishEvent } from './finish-event.ts'
import { loopOf, resolveOptions } from './resolve-options.ts'
import { runReply } from './run-reply.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'
import * as transitions from './transitions.ts'

/** A reply that is about to be written. */
interface Asked {
  readonly id: string
  readonly options: AskOptions
  /** Without it, the reply goes on with the calls it has. */
  readonly messages?: readonly Message[]
  readonly continueLast?: boolean
}

/**
 * A chat: state, and what can be done with it, without React.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function createChat(initialOptions: ChatOptions = {}): ChatStore {
  let options = resolveOptions(initialOptions)
  /** How to stop each reply that is on its way. */
  const running = new Map<string, () => void>()
  /** What each reply was asked for with, to ask for it again. */
  const asked = new Map<string, AskOptions>()
  const settleQueued = new Map<string, (reply: Message | Promise<Message>) => void>()
  const initialThread = options.thread ?? createThread(options.messages.map(toMessage))
  const { getState, setState, subscribe } = createStore(() => transitions.initialState(initialThread))
  const isBusy = () => isReplying(getState())

  function change<Args extends unknown[]>(
    transition: (state: ChatState, ...args: Args) => ChatState,
    ...args: Args
  ): void {
    const next = transition(getState(), ...args)
    call(() => setState(next, true))
  }

  /** Has replies written in this thread, which is the chat's from now on. @returns the first, once all have ended. */
  async function begin(thread: Thread, replies: readonly Asked[]): Promise<Message | undefined> {
    // What cannot be asked throws here, before it is in the thread.
    const endings = replies.map((reply) => begun(thread, reply))
    change(
      transitions.repliesRequested,
      thread,
      replies.map(({ id }) => id),
    )
    return (await Promise.all(endings))[0]
  }

  function begun(thread: Thread, { id, options: askOptions, messages, continueLast }: Asked): Promise<Message> {
    const { model, headers, body } = askOptions
    const { system, tools = {} } = options
    const definitions = loopOf(tools)?.definitions(tools)
    const given = { model, system, headers, body: { ...options.body, ...body }, tools: definitions }
    const toRequest = (path: readonly Message[]): ChatRequest => ({ ...given, messages: path })
    const latest = () => findMessage(getState(), id) ?? abortedReply()
    asked.set(id, askOptions)
    let settle = (_reply: Message) => {}
    const ending = new Promise<Message>((resolve) => {
      settle = resolve
    })
    const stopReply = runReply({
      options,
      request: messages && { ...toRequest(messages), continueLast },
      nextRequest: () => toRequest(pathTo(getState(), id)),
      latest,
      usage: findMessage(thread, id)?.usage,
      onProgress: (progress) => change(transitions.progressMade, id, progress),
      onChunk: (chunk) => call(options.onChunk, chunk),
      onToolCall: (toolCall) => call(options.onToolCall, { toolCall }),
      update: (update) => change(updateMessage, id, update),
      receive(arrivals) {
        change(transitions.chunksReceived, id, arrivals)
        if (arrivals.at(-1)?.chunk.type === 'message-end') settle(finish(latest()))
      },
    })
    // Before the state says so: whoever hears of the reply may stop it at once.
    running.set(id, stopReply)
    return ending
  }

  function finish(message: Message): Message {
    running.delete(message.id)
    // After what ended it: that may be the start of another reply.
    queueMicrotask(() => {
      if (message.error) call(options.onError, message.error, message)
      call(options.onFinish, finishEvent(message, getState().messages, options.provider))
      sendQueued()
    })
    return message
  }

  const stopMessage = (messageId: string) => running.get(messageId)?.()

  function stop(): void {
    for (const id of [...running.keys()]) stopMessage(id)
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

  /** At the end of what is shown, or after the message named, beside what follows that. */
  function send({ message, options: askOptions }: QueuedMessage, parentId?: string): Promise<Message> {
    stop()
    return askAfter(message.id, addMessage(getState(), message, parentId), askOptions)
  }

  async function askAfter(parentId: string, thread: Thread, { models, ...rest }: AskOptions): Promise<Message> {
    const messages = pathTo(thread, parentId)
    const replies = (models ?? [rest.model]).map((model) => ({ id: createId(), options: { ...rest, model }, messages }))
    const [first] = replies
    if (!first) throw new TypeError('Name a model.')
    let next = thread
    for (const {
      id,
      options: { model },
    } of replies) {
      const timing = { startedAt: Date.now() }
      next = addMessage(next, createMessage({ id, role: 'assistant', status: 'pending', model, timing }), parentId)
    }
    return (await begin(showMessage(next, first.id), replies)) ?? abortedReply()
  }

  /** @throws {TypeError} where nobody names a model. */
  function toAskOptions({ models, model = models?.[0] ?? options.model, ...rest }: SendOptions): AskOptions {
    const chosen = model ?? options.provider.models[0]?.id
    if (!chosen) throw new TypeError('Name a model.')
    return { ...rest, models, model: chosen }
  }

  async function sendMessage(input: SendInput, modelOrOptions: string | SendOptions = {}): Promise<Message> {
    const sendOptions = typeof modelOrOptions === 'string' ? { model: modelOrOptions } : modelOrOptions
    const queued = { message: toUserMessage(input), options: toAskOptions(sendOptions) }
    const { whenBusy = options.whenBusy } = sendOptions
    if (isBusy() && whenBusy === 'reject') throw new Error('A reply is on its way.')
    const edited = typeof input === 'object' && input.messageId
    if (edited) return send(queued, parentOf(expectMessage(edited)))
    if (whenBusy === 'interrupt' || (!isBusy() && getState().queue.length === 0)) return send(queued)
    const reply = new Promise<Message>((settle) => settleQueued.set(queued.message.id, settle))
    change(transitions.messageQueued, queued)
    clearError()
    return reply
  }

  /** @throws {TypeError} where there is none. */
  function expectMessage(messageId = getState().messages.at(-1)?.id): Message {
    const message = messageId && findMessage(getState(), messageId)
    if (!message) throw new TypeError('No such message.')
    return message
  }

  const parentOf = ({ id }: Message) => pathTo(getState(), id).at(-2)?.id ?? ''

  /** With what it was asked for before. */
  function askOptionsOf(reply: Message | undefined, changes: Partial<AskOptions> = {}): AskOptions {
    const before = reply && (asked.get(reply.id) ?? { model: reply.model })
    return toAskOptions({ ...before, ...changes, model: changes.model ?? before?.model })
  }

  async function regenerate({ messageId, model, models }: RegenerateOptions = {}): Promise<Message> {
    const named = expectMessage(messageId)
    // Of a message by the user the reply is meant, which may not exist yet.
    const isReply = named.role === 'assistant'
    const parentId = isReply ? parentOf(named) : named.id
    const { messages } = getState()
    const old = isReply ? named : messages[messages.indexOf(named) + 1]
    const askOptions = askOptionsOf(old, { model: model ?? models?.[0], models })
    if (old) stopFrom(old)
    return askAfter(parentId, getState(), askOptions)
  }

  /** Ends what would be written on where nobody sees it. */
  function stopFrom(message: Message): void {
    const { messages } = getState()
    const place = messages.findIndex(({ id }) => id === message.id)
    for (const { id } of place === -1 ? [message] : messages.slice(place)) stopMessage(id)
  }

  async function retry(): Promise<Message> {
    const failed = expectMessage()
    if (failed.role !== 'assistant' || failed.parts.length > 0) return regenerate()
    return goOn(failed, { messages: pathTo(getState(), parentOf(failed)) })
  }

  async function continueMessage(messageId?: string): Promise<Message> {
    const message = expectMessage(messageId)
    if (message.role !== 'assistant') throw new TypeError('Only a reply can be continued.')
    return goOn(message, { messages: pathTo(getState(), message.id), continueLast: message.content !== '' })
  }

  /** Writes on in a reply that ended. */
  async function goOn(message: Message, how: Pick<Asked, 'messages' | 'continueLast'>): Promise<Message> {
    stopMessage(message.id)
    const { id } = message
    const askOptions = askOptionsOf(message)
    const thread = transitions.withReopened(getState(), id)
    return (await begin(thread, [{ id, options: askOptions, ...how }])) ?? message
  }

  async function editMessage(messageId: string, text: string): Promise<Message> {
    const { role, parts, metadata } = expectMessage(messageId)
    const files = parts.filter((part) => part.type === 'file')
    if (role === 'user')
      return sendMessage({ text, files, messageId, ...(metadata && { metadata }) }, { whenBusy: 'interrupt' })
    const message = expectMessage(messageId)
    stopFrom(message)
    const edited = createMessage({ ...message, id: createId(), parts: [], content: text })
    setThread(addMessage(getState(), edited, parentOf(message)))
    return edited
  }

  /** @throws {TypeError} where no message has such a call. */
  async function answerCall(answer: ToolOutput | ToolApprovalResponse): Promise<Message> {
    const { tools = {} } = options
    const loop = loopOf(tools)
    const caller = allMessages(getState()).findLast(({ parts }) =>
      parts.some((part) => part.type === 'tool-call' && part.toolCallId === answer.toolCallId),
    )
    if (!loop || !caller) throw new TypeError('No such tool call.')
    const { id } = caller
    change(updateMessage, id, (message) => loop.answered(message, answer))
    const message = expectMessage(id)
    return running.has(id) || !loop.canGoOn(tools, message) ? message : goOn(message, {})
  }

  function setThread(thread: Thread): void {
    const isOver = (id: string) => (findMessage(thread, id)?.status ?? 'done') === 'done'
    for (const id of [...running.keys()].filter(isOver)) stopMessage(id)
    change(transitions.threadSet, thread)
  }

  function setMessages(next: Parameters<ChatStore['setMessages']>[0]): void {
    const messages = (typeof next === 'function' ? next(getState().messages) : next).map(toMessage)
    setThread(replaceMessages(getState(), messages))
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
    stopMessage,
    regenerate,
    continueMessage,
    retry,
    editMessage,
    selectBranch: (messageId, index) => setThread(selectBranch(getState(), messageId, index)),
    addToolOutput: answerCall,
    addToolApprovalResponse: answerCall,
    setMessages,
    setThread,
    stopAll,
    clearMessages() {
      stopAll()
      setMessages([])
    },
    clearError,
    cancelQueued,
    editQueued: (messageId, input) =>
      change(transitions.queuedMessageChanged, { ...toUserMessage(input), id: messageId }),
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
