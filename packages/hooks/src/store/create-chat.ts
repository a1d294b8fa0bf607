import {
  addMessage,
  createId,
  createMessage,
  createThread,
  findMessage,
  type Message,
  pathAfter,
  pathTo,
  reopenMessage,
  replaceMessages,
  selectBranch,
  showMessage,
  type Thread,
  updateMessage,
} from '@millrace/core'
import { createStore } from 'zustand/vanilla'
import { call } from './call.ts'
import type { ChatStore, RegenerateOptions } from './chat.ts'
import type { ChatOptions, SendInput, SendOptions } from './chat-options.ts'
import { type AskOptions, type ChatState, isReplying, type QueuedMessage } from './chat-state.ts'
import { abortedReply, toMessage, toUserMessage } from './new-message.ts'
import { expectWhenBusy, loopOf, resolveOptions } from './resolve-options.ts'
import { type AskedReply, createRunningReplies, type RepliesOwner } from './running-replies.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'
import * as transitions from './transitions.ts'

/**
 * A chat: state, and what can be done with it, without React.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function createChat(initialOptions: ChatOptions = {}): ChatStore {
  let options = resolveOptions(initialOptions)
  let held: Promise<void> | undefined
  /** How often all that waited was taken back. What is being read, or held, goes with the rest. */
  let takenBack = 0
  const settleQueued = new Map<string, (reply: Message | Promise<Message>) => void>()
  const initialThread = options.thread ?? createThread(options.messages.map(toMessage))
  const { getState, setState, subscribe } = createStore(() => transitions.initialState(initialThread))
  const isBusy = () => isReplying(getState())
  /** The last reply failed for want of a network, and there still is none: what is sent now waits behind it. */
  const isCutOff = () => getState().error?.code === 'offline' && !navigator.onLine

  function change<Args extends unknown[]>(
    transition: (state: ChatState, ...args: Args) => ChatState,
    ...args: Args
  ): ChatState {
    const next = transition(getState(), ...args)
    call(() => setState(next, true))
    return next
  }

  const chat: RepliesOwner = { getState, getOptions: () => options, change, onEnd: sendQueued }
  const replies = createRunningReplies(chat)

  function stopAll(): void {
    takenBack++
    for (const { message } of getState().queue) cancelQueued(message.id)
    replies.stopAll()
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
    replies.stopAll()
    return askAfter(message.id, addMessage(getState(), message, parentId), askOptions)
  }

  function askAfter(parentId: string, thread: Thread, { models, ...rest }: AskOptions): Promise<Message> {
    const messages = pathTo(thread, parentId)
    const timing = { startedAt: Date.now() }
    const asked = models.map((model) => createMessage({ role: 'assistant', status: 'pending', model, timing }))
    const next = asked.reduce((before, reply) => addMessage(before, reply, parentId), thread)
    return replies.begin(
      showMessage(next, asked[0]?.id ?? ''),
      asked.map(({ id }, index) => ({ id, options: { ...rest, model: models[index] ?? '' }, first: { messages } })),
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
    expectWhenBusy(whenBusy)
    const draft = typeof input === 'string' ? { text: input } : input
    const reading = draft.files && options.attachments?.(draft.files)
    const before = held
    const sentAfter = takenBack
    if (reading) hold(reading)
    const message = toUserMessage(reading ? { ...draft, files: await reading } : draft)
    if (before) await before
    if (takenBack > sentAfter) return abortedReply()
    const queued = { message, options: askOptions }
    if (isBusy() && whenBusy === 'reject') throw new Error('A reply is on its way.')
    if (draft.messageId) return send(queued, parentOf(expectMessage(draft.messageId)))
    const mustWait = isBusy() || getState().queue[0] || isCutOff()
    if (whenBusy === 'interrupt' || !mustWait) return send(queued)
    const reply = new Promise<Message>((settle) => settleQueued.set(queued.message.id, settle))
    change(transitions.messageQueued, queued)
    if (!isCutOff()) clearError()
    return reply
  }

  /** Of two messages that are sent in a row, one with a large file, the first stays the first. */
  function hold(until: Promise<unknown>): void {
    const both: Promise<void> = Promise.allSettled([held, until]).then(() => {
      if (held === both) held = undefined
    })
    held = both
  }

  /** @throws {TypeError} where there is none. */
  function expectMessage(messageId = getState().messages.at(-1)?.id ?? ''): Message {
    const message = findMessage(getState(), messageId)
    if (!message) throw new TypeError('No such message.')
    return message
  }

  const parentOf = ({ id }: Message) => pathTo(getState(), id).at(-2)?.id ?? ''

  /** Ends what would be written on where nobody sees it. */
  function hideAfter(parentId: string): void {
    for (const { id } of pathAfter(getState(), parentId)) replies.stop(id)
  }

  async function regenerate({ messageId, ...changes }: RegenerateOptions = {}): Promise<Message> {
    const named = expectMessage(messageId)
    const isReply = named.role === 'assistant'
    // Of a message by the user the reply is meant, which may not exist yet.
    const reply = isReply ? named : pathAfter(getState(), named.id)[0]
    const parentId = isReply ? parentOf(named) : named.id
    const askOptions = toAskOptions({ ...(reply && replies.askedWith(reply)), ...changes })
    hideAfter(parentId)
    return askAfter(parentId, getState(), askOptions)
  }

  async function retry(): Promise<Message> {
    const failed = expectMessage()
    if (failed.role !== 'assistant' || failed.parts[0]) return regenerate()
    return goOn(failed, () => ({ messages: pathTo(getState(), parentOf(failed)) }))
  }

  async function continueMessage(messageId?: string): Promise<Message> {
    const message = expectMessage(messageId)
    if (message.role !== 'assistant') throw new TypeError('Only a reply can be continued.')
    // What its calls return comes first.
    if (loopOf(options)?.hasOpenCalls(message)) return goOn(message)
    return goOn(message, () => ({ messages: pathTo(getState(), message.id), continueLast: true }))
  }

  /**
   * Writes on in a reply, which ends where it has not.
   * @param first Called then, when all of it is there.
   */
  function goOn(message: Message, first?: () => AskedReply['first']): Promise<Message> {
    const { id } = message
    replies.stop(id)
    const { models, ...rest } = toAskOptions(replies.askedWith(message))
    return replies.begin(updateMessage(getState(), id, reopenMessage), [
      { id, options: { ...rest, model: models[0] ?? '' }, first: first?.() },
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
    const answered = loopOf(options)?.answer(chat, answer)
    if (!answered) throw new TypeError('No such tool call, or no tools.')
    return answered.canGoOn && !replies.isRunning(answered.message.id) ? goOn(answered.message) : answered.message
  }

  function setThread(thread: Thread): void {
    change(transitions.threadSet, replies.inStep(thread))
    sendQueued()
  }

  /** What somebody wants to see is nothing that failed, whatever it says. */
  function showThread(thread: Thread): void {
    change(transitions.errorCleared)
    setThread(thread)
  }

  function setMessages(next: Parameters<ChatStore['setMessages']>[0]): void {
    const messages = (typeof next === 'function' ? next(getState().messages) : next).map(toMessage)
    showThread(replaceMessages(getState(), messages))
  }

  function clearError(): void {
    change(transitions.errorCleared)
    sendQueued()
  }

  return {
    id: options.id ?? createId(),
    getState,
    subscribe,
    getOptions: chat.getOptions,
    setOptions(next) {
      options = resolveOptions(next)
    },
    tellOfOptions: () => setState({ ...getState() }, true),
    sendMessage,
    stop: replies.stopAll,
    stopMessage: replies.stop,
    regenerate,
    continueMessage,
    retry,
    editMessage,
    selectBranch: (messageId, index) => showThread(selectBranch(getState(), messageId, index)),
    addToolOutput: answerCall,
    addToolApprovalResponse: answerCall,
    setMessages,
    setThread,
    follow: replies.follow,
    hold,
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
