import { addMessage, createId, createMessage, type Message, type Thread } from '@millrace/core'
import { type ChatStore, estimateTokens } from '@millrace/hooks'

/** Something that may be left out of a request that is too long. */
export type Cut =
  /** The oldest questions, with their answers. */
  | {
      readonly kind: 'turns'
      /** How many. */
      readonly count: number
      /** About how many tokens that is. */
      readonly tokens: number
    }
  /** The files of the question. */
  | { readonly kind: 'files'; readonly count: number }

const isQuestion = ({ role }: Message) => role === 'user'
const filesOf = ({ parts }: Message) => parts.filter((part) => part.type === 'file')

/** What can be left out of a thread whose last question was too much: half of what came before, all of it, the files. */
export function cutsOf({ messages, queue }: Pick<Thread, 'messages'> & { readonly queue: readonly unknown[] }): Cut[] {
  const questions = messages.filter(isQuestion)
  const question = questions.at(-1)
  if (!question) return []
  const before = questions.length - 1
  const turns = (count: number): Cut => {
    const oldest = messages.slice(0, messages.indexOf(questions[count] ?? question))
    return { kind: 'turns', count, tokens: oldest.reduce((sum, { content }) => sum + estimateTokens(content), 0) }
  }
  const files = question.content ? filesOf(question).length : 0
  return [
    // What waits would be sent as soon as another path is shown, before the question.
    ...(before > 1 && queue.length === 0 ? [turns(Math.ceil(before / 2))] : []),
    ...(before > 0 ? [turns(before)] : []),
    ...(files > 0 ? [{ kind: 'files', count: files } as const] : []),
  ]
}

/** Asks the last question again without that, on a branch of its own: the whole thread stays where it was. */
export function askWithout(store: ChatStore, cut: Cut): Promise<Message> {
  const state = store.getState()
  const { messages } = state
  const questions = messages.filter(isQuestion)
  const question = questions.at(-1)
  const first = messages.find(({ role }) => role !== 'system')
  if (!question || !first) throw new TypeError('There is no question.')
  const { content: text, metadata } = question
  const input = { text, files: filesOf(question), ...(metadata && { metadata }) }
  if (cut.kind === 'files') return store.sendMessage({ ...input, files: [], messageId: question.id })
  const start = questions[cut.count] ?? question
  if (start === question) return store.sendMessage({ ...input, messageId: first.id })
  const kept = messages.slice(messages.indexOf(start), messages.indexOf(question))
  const parentId = messages[messages.indexOf(first) - 1]?.id ?? ''
  store.setThread(repeated(kept, state, parentId))
  return store.sendMessage(input)
}

/** Says the same once more after a message, beside what follows that. It costs nothing, and is not counted again. */
function repeated(kept: readonly Message[], { messages, forks }: Thread, parentId: string): Thread {
  const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 }
  let thread: Thread = { messages, forks }
  let lastId = parentId
  for (const { id: _id, ...message } of kept) {
    const copy = createMessage({ ...message, content: '', id: createId(), ...(message.usage && { usage }) })
    thread = addMessage(thread, copy, lastId)
    lastId = copy.id
  }
  return thread
}
