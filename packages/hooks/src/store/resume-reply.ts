import {
  applyChunk,
  findMessage,
  type Message,
  type Part,
  reopenMessage,
  streamReply,
  textOf,
  type Usage,
  updateMessage,
} from '@millrace/core'
import { call } from './call.ts'
import type { ChatStore } from './chat.ts'
import { createPacer } from './pace.ts'
import { tellEnd } from './tell-end.ts'
import { addUsage } from './thread-usage.ts'

/**
 * Takes up a reply that broke off here and that its server still keeps: after a reload, say. The stream is read anew from
 * its start, and shown once it has come further than what is there. Needs the chat's option `resume`, and the message's
 * `metadata.resumeFrom`, which the chat set while it streamed. Tools are not run, for they may have been before:
 * `continueMessage` then goes on with the calls. `createThreads({ resume: resumeReply })` does this for every saved chat.
 * @returns the reply as it ended; as it was where the server no longer has it.
 * @throws {TypeError} where there is nothing to take up.
 */
export async function resumeReply(chat: ChatStore, messageId: string): Promise<Message> {
  const options = chat.getOptions()
  const before = findMessage(chat.getState(), messageId)
  const resumeFrom = before?.error && before.metadata?.resumeFrom
  const begun = before && beginningOf(before)
  if (!options.resume || !begun || typeof resumeFrom !== 'string' || chat.getState().replyIds.includes(messageId)) {
    throw new TypeError('There is no stream to take up. The chat needs `resume`, and the message a `resumeFrom`.')
  }
  const controller = new AbortController()
  const { signal } = controller
  const request = { model: before.model ?? '', messages: [begun], continueLast: true }
  const chunks = streamReply(request, { ...options, resumeFrom, signal })
  let reply = begun
  let ended: Message | undefined
  const update = chat.follow(updateMessage(chat.getState(), messageId, reopenMessage), messageId, () => {
    const shown = findMessage(chat.getState(), messageId) ?? begun
    end(applyChunk(shown, { type: 'message-end', finishReason: 'aborted' }, Date.now()))
    controller.abort()
  })
  const isFurther = () => reply.content.length >= before.content.length && reply.parts.length >= before.parts.length
  const pacer = createPacer(
    () => options.pace,
    () => !ended && isFurther() && update(reply),
  )

  function end(message: Message): void {
    ended = message
    // Like the end of any other reply: after what ended it, before what waits is sent, and to whoever listens now.
    queueMicrotask(() => tellEnd(message, chat.getState().messages, chat.getOptions()))
    update(message)
  }

  for await (const chunk of chunks) {
    if (ended) break
    call(chat.getOptions().onChunk, chunk)
    const isUsage = chunk.type === 'usage'
    reply = applyChunk(reply, isUsage ? { ...chunk, usage: addUsage(begun.usage, chunk.usage) } : chunk, Date.now())
    if (reply.status !== 'done') pacer.later()
  }
  // What came before is kept where the server has nothing more to say.
  if (!ended) end(isFurther() ? reply : before)
  return ended ?? before
}

/** What a reply was before the stream it names, as the chat noted it. */
interface ResumeOnto {
  readonly parts: number
  readonly length: number
  readonly usage?: Usage
}

/** The reply without what came of the stream; undefined where that is over, as the outcomes of its calls say. */
function beginningOf({ usage: _usage, ...message }: Message): Message | undefined {
  const onto = message.metadata?.resumeOnto as ResumeOnto | undefined // nobody else writes that
  const { parts: count, length, usage } = { parts: 0, length: 0, ...onto }
  if (message.parts.slice(count).some(wasRunHere)) return undefined
  const parts = message.parts.slice(0, count)
  const index = parts.findLastIndex(({ type }) => type === 'text')
  const last = parts[index]
  const surplus = textOf(parts).length - length
  // The text it went on with has grown since.
  const cut = last?.type === 'text' ? { ...last, text: last.text.slice(0, last.text.length - surplus) } : undefined
  const kept = cut ? parts.with(index, cut) : parts
  // How the stream ended says nothing of whether what came before it was counted; its usage does.
  return reopenMessage({
    ...message,
    finishReason: 'unknown',
    parts: kept,
    content: textOf(kept),
    ...(usage && { usage }),
  })
}

const wasRunHere = (part: Part) =>
  part.type === 'tool-call' && !part.providerExecuted && part.state.startsWith('output-')
