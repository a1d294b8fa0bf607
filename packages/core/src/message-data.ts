import { applyChunk } from './apply-chunk.ts'
import { ChatError, type ChatErrorCode } from './errors.ts'
import { type Message, textOf } from './message.ts'

/** A message as JSON has it: the error is plain data, and `content`, which the parts say, is left out. */
export interface MessageData extends Omit<Message, 'content' | 'error'> {
  readonly error?: { readonly code: ChatErrorCode; readonly message: string } | undefined
}

/** Makes a message ready for JSON. Of its error the cause is lost; what else is no JSON goes the way of JSON. */
export function encodeMessage({ content: _content, error, ...message }: Message): MessageData {
  // An error's message is no property that spreading copies.
  return error ? { ...message, error: { ...error, message: error.message } } : message
}

/** The message that was encoded. */
export function decodeMessage({ error, ...data }: MessageData): Message {
  const message = { ...data, content: textOf(data.parts) }
  return error ? { ...message, error: Object.assign(new ChatError(error.code), error) } : message
}

/** A reply that nobody writes any more ends as incomplete, and can be continued; any other message stays as it is. */
export function interruptMessage(message: Message): Message {
  if (message.status === 'done') return message
  const error = new ChatError('incomplete', { what: 'The page was left.' })
  return applyChunk(applyChunk(message, { type: 'error', error }), { type: 'message-end', finishReason: 'incomplete' })
}
