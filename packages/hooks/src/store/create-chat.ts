import {
  addMessage,
  allMessages,
  createId,
  createMessage,
  createThread,
  findMessage,
  type Message,
  type MessageInit,
  pathTo,
  reopenMessage,
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
import { createPacer } from './pace.ts'
import { loopOf, resolveOptions } from './resolve-options.ts'
import { type Arrival, runReply } from './run-reply.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'
import * as transitions from './transitions.ts'

/** A reply that is about to be written. */
interface Asked {
  readonly id: string
  readonly options: Pick<SendOptions, 'headers' | 'body'> & { readonly model: string }
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
  const asked = new Map<string, Asked['options']>()
  const settleReply = new Map<string, (reply: Message) => void>()
  /** What came for each reply and is not in the state yet. */
  const arrived = new Map<string, Arrival[]>()
  const pacer = createPacer(() => options.pace, commit)
  let held: Promise<boolean> | undefined
  const settleQueued = new Map<string, (reply: Message | Promise<Message>) => void>()
  const initialThread = options.thread ?? createThread(options.messages.map(toMessage))
  const { getState, setState, subscribe } = createStore(() => transitions.initialState(initialThread))
  const isBusy = () => isReplying(getState())

  function change<Args extends unknown[]>(
    transition: (state: ChatState, ...args: Args) => ChatState,
    ...args: Args
  ): ChatState {
    const next = transition(getState(), ...args)
    call(() => setState(next, true))
    return next
  }

  /** One change for all that came, however many replies are on their way. */
  function commit(): void {
    const replies = [...arrived]
    arrived.clear()
    if (replies.length === 0) return
    const ends = replies.flatMap(([id, arrivals]) => (arrivals.at(-1)?.chunk.type === 'message-end' ? id : []))
    const settles = ends.map((id) => settleReply.get(id))
    // First: whoever hears of an end may have that reply go on at once.
    for (const id of ends) {
      running.delete(id)
      settleReply.delete(id)
    }
    const next = change(transitions.chunksReceived, replies)
    for (const [index, id] of ends.entries()) finish(findMessage(next, id) ?? abortedReply(), settles[index])
  }

  /** The reply as it is now, with all that came. */
  function latest(id: string): Message {
    pacer.now()
    return findMessage(getState(), id) ?? abortedReply()
  }

  /** Has replies written in this thread, which is the chat's from now on. @returns the first, once all have ended. */
  async function begin(thread: Thread, replies: readonly Asked[]): Promise<Message> {
    // What cannot be asked throws here, before it is in the thread.
    const endings = replies.map((reply) => begun(thread, reply))
    const ids = replies.map(({ id }) => id)
    change(transitions.repliesRequested, thread, ids)
    const [first = abortedReply()] = await Promise.all(endings)
    return first
  }

  function begun(thread: Thread, { id, options: askOptions, messages, continueLast }: Asked): Promise<Message> {
    const { system, tools = {} } = options
    const given = {
      ...askOptions,
      system,
      body: { ...options.body, ...askOptions.body },
      tools: loopOf(tools)?.definitions(tools),
    }
    asked.set(id, askOptions)
    const stopReply = runReply({
      options,
      request: messages && { ...given, messages, continueLast },
      nextRequest: () => ({ ...given, messages: pathTo(getState(), id) }),
      latest: () => latest(id),
      usage: findMessage(thread, id)?.usage,
      onProgress: (progress) => change(transitions.progressMade, id, progress),
      onChunk: (chunk) => call(options.onChunk, chunk),
      onToolCall: (toolCall) => call(options.onToolCall, { toolCall }),
      update: (update) => change(updateMessage, id, update),
      arrive(arrival, isUrgent) {
        const arrivals = arrived.get(id)
        if (arrivals) arrivals.push(arrival)
        else arrived.set(id, [arrival])
        if (isUrgent) pacer.now()
        else pacer.later()
      },
    })
    // Before the state says so: whoever hears of the reply may stop it at once.
    running.set(id, stopReply)
    return new Promise((settle) => settleReply.set(id, settle))
  }

  function finish(message: Message, settle?: (reply: Message) => void): void {
    settle?.(message)
    // After what ended it: that may be the start of another reply.
    queueMicrotask(() => {
      if (message.error) call(options.onError, message.error, message)
      call(options.onFinish, finishEvent(message, getState().messages, options.provider))
      sendQueued()
    })
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
    const reply = send(next)
    settle?.(reply)
    // What could not be asked for is nothing to wait for.
    reply.catch(sendQueued)
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

  function askAfter(parentId: string, thread: Thread, { models, ...rest }: AskOptions): Promise<Message> {
    const messages = pathTo(thread, parentId)
    const timing = { startedAt: Date.now() }
    const replies = models.map((model) => createMessage({ role: 'assistant', status: 'pending', model, timing }))
    let next = thread
    for (const reply of replies) next = addMessage(next, reply, parentId)
    return begin(
      showMessage(next, replies[0]?.id ?? ''),
      replies.map(({ id }, index) => ({ id, options: { ...rest, model: models[index] ?? '' }, messages })),
    )
  }

  /** @throws {TypeError} where nobody names a model. */
  function toAskOptions({ model, models, ...rest }: SendOptions): AskOptions {
    const one = model ?? options.model ?? options.provider.models[0]?.id
    const chosen = models?.length ? models : one ? [one] : []
    if (!chosen[0]) throw new TypeError('Name a model.')
    return { ...rest, models: chosen }
  }

  async function sendMessage(input: SendInput, modelOrOptions: string | SendOptions = {}): Promise<Message> {
    const sendOptions = typeof modelOrOptions === 'string' ? { model: modelOrOptions } : modelOrOptions
    const askOptions = toAskOptions(sendOptions)
    const { whenBusy = options.whenBusy } = sendOptions
    const reading = typeof input === 'object' && input.files && options.attachments?.(input.files)
    const before = held
    if (reading) holdFor(reading)
    const message = toUserMessage(reading ? { ...input, files: await reading } : input)
    if (before && !(await before)) return abortedReply()
    const queued = { message, options: askOptions }
    if (isBusy() && whenBusy === 'reject') throw new Error('A reply is on its way.')
    const edited = typeof input === 'object' && input.messageId
    if (edited) return send(queued, parentOf(expectMessage(edited)))
    if (whenBusy === 'interrupt' || (!isBusy() && getState().queue.length === 0)) return send(queued)
    const reply = new Promise<Message>((settle) => settleQueued.set(queued.message.id, settle))
    change(transitions.messageQueued, queued)
    clearError()
    return reply
  }

  /** Of two messages that are sent in a row, one with a large file, the first stays the first. */
  function holdFor(reading: Promise<unknown>): void {
    const before = held
    const done = () => {
      if (held === isRead) held = before
      return before ?? true
    }
    const isRead: Promise<boolean> = reading.then(done, done)
    held = isRead
  }

  /** @throws {TypeError} where there is none. */
  function expectMessage(messageId = getState().messages.at(-1)?.id ?? ''): Message {
    const message = findMessage(getState(), messageId)
    if (!message) throw new TypeError('No such message.')
    return message
  }

  const parentOf = ({ id }: Message) => pathTo(getState(), id).at(-2)?.id ?? ''

  /** What follows a message: as it is shown, or was when its branch was left. */
  function following(messageId: string): readonly Message[] {
    const { messages } = showMessage(getState(), messageId)
    return messages.slice(messages.findIndex(({ id }) => id === messageId) + 1)
  }

  /** Ends what would be written on where nobody sees it. */
  function hideAfter(parentId: string): void {
    for (const { id } of following(parentId)) stopMessage(id)
  }

  async function regenerate({ messageId, ...changes }: RegenerateOptions = {}): Promise<Message> {
    const named = expectMessage(messageId)
    const isReply = named.role === 'assistant'
    // Of a message by the user the reply is meant, which may not exist yet.
    const reply = isReply ? named : following(named.id)[0]
    const parentId = isReply ? parentOf(named) : named.id
    const askOptions = toAskOptions({ ...(reply && askedWith(reply)), ...changes })
    hideAfter(parentId)
    return askAfter(parentId, getState(), askOptions)
  }

  const askedWith = ({ id, model }: Message): SendOptions => asked.get(id) ?? { model }

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
  function goOn(message: Message, how: Pick<Asked, 'messages' | 'continueLast'>): Promise<Message> {
    const { id } = message
    stopMessage(id)
    const { models, ...rest } = toAskOptions(askedWith(message))
    return begin(updateMessage(getState(), id, reopenMessage), [
      { id, options: { ...rest, model: models[0] ?? '' }, ...how },
    ])
  }

  async function editMessage(messageId: string, text: string): Promise<Message> {
    const message = expectMessage(messageId)
    const { role, parts, metadata } = message
    const files = parts.filter((part) => part.type === 'file')
    const kept = metadata && { metadata }
    const parentId = parentOf(message)
    if (role === 'user')
      return send({ message: toUserMessage({ text, files, ...kept }), options: toAskOptions({}) }, parentId)
    hideAfter(parentId)
    const edited = createMessage({ role, content: text, parts: files, ...kept })
    setThread(addMessage(getState(), edited, parentId))
    return edited
  }

  /** @throws {TypeError} where no message has such a call. */
  async function answerCall(answer: ToolOutput | ToolApprovalResponse): Promise<Message> {
    const { tools = {} } = options
    const answered = loopOf(tools)?.answered(tools, allMessages(getState()), answer)
    if (!answered) throw new TypeError('No such tool call.')
    const { message, canGoOn } = answered
    change(updateMessage, message.id, () => message)
    return canGoOn && !running.has(message.id) ? goOn(message, {}) : message
  }

  function setThread(thread: Thread): void {
    const isOver = (id: string) => (findMessage(thread, id)?.status ?? 'done') === 'done'
    for (const id of [...running.keys()].filter(isOver)) stopMessage(id)
    // Replies on their way have come further than whoever set the thread may know.
    const inStep = (set: Thread, id: string) =>
      updateMessage(set, id, ({ metadata }) => ({ ...latest(id), ...(metadata && { metadata }) }))
    const next = [...settleReply.keys()].reduce(inStep, thread)
    change(transitions.threadSet, next)
    sendQueued()
  }

  function follow(thread: Thread, id: string, stopReply: () => void): (reply: Message) => void {
    running.set(id, stopReply)
    change(transitions.repliesRequested, thread, [id])
    return (reply) => {
      change(transitions.updateReply, id, () => reply)
      if (reply.status === 'done' && running.delete(id)) queueMicrotask(sendQueued)
    }
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
    getOptions: () => options,
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
    follow,
    hold(until) {
      held = until
    },
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
  const parts = files.filter((file) => 'mediaType' in file)
  if (parts.length < files.length) throw new TypeError('Files need the option attachments.')
  return createMessage({ role: 'user', content: text, parts, ...(metadata && { metadata }) })
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
