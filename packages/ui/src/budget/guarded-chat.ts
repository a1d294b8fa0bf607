import { allMessages, createMessage, type Message, pathTo } from '@millrace/core'
import type { Chat, ChatStore, SendOptions } from '@millrace/hooks'
import type { Sending } from './estimate-send.ts'

/** What would be sent for a reply that somebody wants. */
export interface Wanted extends Pick<Sending, 'messages' | 'text' | 'files'> {
  /** Who would answer. */
  readonly options: SendOptions
}

/** `true` lets it be asked for at once; a promise of `false` leaves all as it is. */
export type Guard = (wanted: Wanted) => true | Promise<boolean>

const guardsOf = new WeakMap<ChatStore, Set<Guard>>()
const known = new WeakMap<ChatStore, Pick<Chat, 'store'>>()

/**
 * The same chat, which has `BudgetGuard` ask before every reply: to a suggestion, another answer, a retry, a continuation,
 * an edit, leave for a tool as well as to what is sent by the composer. Of what is not asked for the promise is of an empty
 * reply that was aborted. For the same chat it is the same.
 */
export function guardedChat({ store }: Pick<Chat, 'store'>): Pick<Chat, 'store'> {
  const chat = known.get(store) ?? { store: guardedStore(store) }
  known.set(store, chat)
  return chat
}

/** Asks you before a reply is asked for; returns how to stop that. Only chats by `guardedChat` do. */
export function beforeAsking(store: ChatStore, guard: Guard): () => void {
  const guards = guardsOf.get(store)
  guards?.add(guard)
  return () => void guards?.delete(guard)
}

function guardedStore(store: ChatStore): ChatStore {
  const guards = new Set<Guard>()
  const lastId = () => store.getState().messages.at(-1)?.id ?? ''

  /** What stands before a reply: all up to the message, without it where it is a reply itself. */
  function before(messageId = lastId()): readonly Message[] {
    const path = pathTo(store.getState(), messageId)
    return path.at(-1)?.role === 'assistant' ? path.slice(0, -1) : path
  }

  /** A reply is asked for again with the model that it had. */
  const modelOf = (messageId = lastId()) => pathTo(store.getState(), messageId).at(-1)?.model

  function ask(wanted: Partial<Wanted>, go: () => Promise<Message>): Promise<Message> {
    const whole = { messages: store.getState().messages, text: '', files: [], options: {}, ...wanted }
    const answers = [...guards].map((guard) => guard(whole))
    // What is sent is there at once where nobody has to be asked.
    if (answers.every((answer) => answer === true)) return go()
    return Promise.all(answers).then((all) =>
      all.every(Boolean) ? go() : createMessage({ role: 'assistant', finishReason: 'aborted' }),
    )
  }

  const guarded: ChatStore = {
    ...store,
    sendMessage(input, how = {}) {
      const { text, files = [], messageId } = typeof input === 'string' ? { text: input } : input
      const wanted = {
        text,
        files: files.filter((file) => file instanceof Blob),
        options: typeof how === 'string' ? { model: how } : how,
        ...(messageId && { messages: pathTo(store.getState(), messageId).slice(0, -1) }),
      }
      return ask(wanted, () => store.sendMessage(input, how))
    },
    regenerate(options = {}) {
      const { messageId, model = modelOf(messageId), models } = options
      return ask({ messages: before(messageId), options: { model, models } }, () => store.regenerate(options))
    },
    retry: () => ask({ messages: before(), options: { model: modelOf() } }, store.retry),
    continueMessage(messageId = lastId()) {
      const messages = pathTo(store.getState(), messageId)
      return ask({ messages, options: { model: modelOf(messageId) } }, () => store.continueMessage(messageId))
    },
    editMessage(messageId, text) {
      const path = pathTo(store.getState(), messageId)
      const go = () => store.editMessage(messageId, text)
      return path.at(-1)?.role === 'user' ? ask({ messages: path.slice(0, -1), text }, go) : go()
    },
    addToolApprovalResponse(response) {
      const reply = allMessages(store.getState()).findLast(({ parts }) =>
        callsAsking(parts).includes(response.toolCallId),
      )
      const go = () => store.addToolApprovalResponse(response)
      // While another call waits, the model does not go on.
      if (!reply || callsAsking(reply.parts).length > 1) return go()
      return ask({ messages: pathTo(store.getState(), reply.id), options: { model: reply.model } }, go)
    },
  }
  guardsOf.set(guarded, guards)
  return guarded
}

/** The calls that a person is asked about. */
function callsAsking(parts: Message['parts']): readonly string[] {
  return parts.flatMap((part) =>
    part.type === 'tool-call' && part.state === 'approval-requested' ? part.toolCallId : [],
  )
}
