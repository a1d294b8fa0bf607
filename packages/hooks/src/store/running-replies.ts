import { findMessage, type Message, type Thread, updateMessage } from '@millrace/core'
import { call } from './call.ts'
import type { SendOptions } from './chat-options.ts'
import { abortedReply } from './new-message.ts'
import { createPacer } from './pace.ts'
import { loopOf } from './resolve-options.ts'
import { type Arrival, type ReplyRun, runReply } from './run-reply.ts'
import { tellEnd } from './tell-end.ts'
import type { ToolChat } from './tool-loop.ts'
import * as transitions from './transitions.ts'

/** A reply that is about to be written. */
export interface AskedReply {
  readonly id: string
  readonly options: Pick<SendOptions, 'headers' | 'body'> & { readonly model: string }
  /** Without it, the reply goes on with the calls it has. */
  readonly first?: ReplyRun['first']
}

/** The chat whose replies they are. */
export interface RepliesOwner extends ToolChat {
  /** A reply has ended, and whoever was told of it has been. */
  onEnd(): void
}

/** The replies of a chat that are on their way. */
export interface RunningReplies {
  isRunning(messageId: string): boolean
  /** Has replies written in this thread, which is the chat's from now on. @returns the first, once all have ended. */
  begin(thread: Thread, replies: readonly AskedReply[]): Promise<Message>
  /** See `ChatStore`. */
  follow(thread: Thread, messageId: string, stop: () => void): (reply: Message) => void
  stop(messageId: string): void
  stopAll(): void
  /** What a reply was asked for with. */
  askedWith(reply: Message): SendOptions
  /** That thread with the replies in it as they are now; those that have no place in it are stopped. */
  inStep(thread: Thread): Thread
}

/** What came is handed to the chat in one change, as often as its pace says, for all of them together. */
export function createRunningReplies(chat: RepliesOwner): RunningReplies {
  const { getState, getOptions, change, onEnd } = chat
  /** How to stop each one. */
  const running = new Map<string, () => void>()
  /** What each reply was asked for with, to ask for it again. */
  const asked = new Map<string, AskedReply['options']>()
  const settleReply = new Map<string, (reply: Message) => void>()
  /** What came for each reply and is not in the state yet. */
  const arrived = new Map<string, Arrival[]>()
  const pacer = createPacer(() => getOptions().pace, commit)

  /** One change for all that came, however many replies are on their way. */
  function commit(): void {
    const replies = [...arrived]
    arrived.clear()
    const ends = replies.flatMap(([id, arrivals]) =>
      arrivals.at(-1)?.chunk.type === 'message-end' ? [[id, settleReply.get(id)] as const] : [],
    )
    // First: whoever hears of an end may have that reply go on at once.
    for (const [id] of ends) {
      running.delete(id)
      settleReply.delete(id)
    }
    const next = change(transitions.chunksReceived, replies)
    for (const [id, settle] of ends) finish(findMessage(next, id) ?? abortedReply(), settle)
  }

  /** The reply as it is now, with all that came. */
  function latest(id: string): Message {
    pacer.now()
    return findMessage(getState(), id) ?? abortedReply()
  }

  async function begin(thread: Thread, replies: readonly AskedReply[]): Promise<Message> {
    // What cannot be asked throws here, before it is in the thread.
    const endings = replies.map((reply) => begun(thread, reply))
    const ids = replies.map(({ id }) => id)
    change(transitions.repliesRequested, thread, ids)
    const [first = abortedReply()] = await Promise.all(endings)
    return first
  }

  function begun(thread: Thread, { id, options: askOptions, first }: AskedReply): Promise<Message> {
    const options = getOptions()
    asked.set(id, askOptions)
    const stopReply = runReply({
      id,
      chat,
      options,
      given: {
        ...askOptions,
        system: options.system,
        body: { ...options.body, ...askOptions.body },
        tools: loopOf(options)?.definitions(options.tools),
      },
      first,
      latest: () => latest(id),
      usage: findMessage(thread, id)?.usage,
      onProgress: (progress) => change(transitions.progressMade, id, progress),
      onChunk: (chunk) => call(getOptions().onChunk, chunk),
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
      tellEnd(message, getState().messages, getOptions())
      onEnd()
    })
  }

  function follow(thread: Thread, id: string, stopReply: () => void): (reply: Message) => void {
    running.set(id, stopReply)
    change(transitions.repliesRequested, thread, [id])
    return (reply) => {
      change(transitions.updateReply, id, () => reply)
      if (reply.status === 'done' && running.delete(id)) queueMicrotask(onEnd)
    }
  }

  const stop = (messageId: string) => running.get(messageId)?.()

  function inStep(thread: Thread): Thread {
    const isOver = (id: string) => (findMessage(thread, id)?.status ?? 'done') === 'done'
    for (const id of [...running.keys()].filter(isOver)) stop(id)
    // They have come further than whoever made the thread may know.
    const withLatest = (next: Thread, id: string) =>
      updateMessage(next, id, ({ metadata }) => ({ ...latest(id), ...(metadata && { metadata }) }))
    return [...settleReply.keys()].reduce(withLatest, thread)
  }

  return {
    isRunning: (messageId) => running.has(messageId),
    begin,
    follow,
    stop,
    stopAll() {
      for (const id of [...running.keys()]) stop(id)
    },
    askedWith: ({ id, model }) => asked.get(id) ?? { model },
    inStep,
  }
}
