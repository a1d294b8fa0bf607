import { applyChunk, findMessage, type Message, reopenMessage, streamReply, updateMessage } from '@millrace/core'
import type { ChatStore } from './chat.ts'
import { finishEvent } from './finish-event.ts'
import { createPacer } from './pace.ts'

/**
 * Takes up a reply that broke off here and that its server still keeps: after a reload, say. It is read anew from its
 * start, and shown once it has come further than what is there. Needs the chat's option `resume`, and the message's
 * `metadata.resumeFrom`, which the chat set while it streamed. A saved chat does this by itself when it is opened.
 * @returns the reply as it ended; as it was where the server no longer has it.
 * @throws {TypeError} where there is nothing to take up.
 */
export async function resumeReply(chat: ChatStore, messageId: string): Promise<Message> {
  const options = chat.getOptions()
  const { messages, replyIds } = chat.getState()
  const before = findMessage(chat.getState(), messageId)
  const resumeFrom = before?.metadata?.resumeFrom
  if (!options.resume || !before || typeof resumeFrom !== 'string' || replyIds.includes(messageId)) {
    throw new TypeError('There is no stream to take up. The chat needs `resume`, and the message a `resumeFrom`.')
  }
  const controller = new AbortController()
  const { signal } = controller
  const request = { model: before.model ?? '', messages: [] }
  const chunks = streamReply(request, { ...options, resumeFrom, signal })
  const { finishReason: _reason, error: _error, usage: _usage, ...rest } = before
  let reply: Message = { ...rest, parts: [], content: '', status: 'pending' }
  const update = chat.follow(updateMessage(chat.getState(), messageId, reopenMessage), messageId, () => {
    end({ ...reopened(), status: 'done', finishReason: 'aborted' })
    controller.abort()
  })
  const pacer = createPacer(
    () => options.pace,
    () => !signal.aborted && isFurther() && update(reply),
  )
  const isFurther = () => reply.content.length >= before.content.length && reply.parts.length >= before.parts.length
  const reopened = () => findMessage(chat.getState(), messageId) ?? before
  let ended = before

  function end(message: Message): void {
    ended = message
    update(message)
    options.onFinish?.(finishEvent(message, messages, options.provider))
  }

  for await (const chunk of chunks) {
    if (signal.aborted) break
    options.onChunk?.(chunk)
    reply = applyChunk(reply, chunk, Date.now())
    if (reply.status !== 'done') pacer.later()
  }
  // What came before is kept where the server has nothing more to say.
  if (!signal.aborted) end(isFurther() ? reply : before)
  return ended
}
