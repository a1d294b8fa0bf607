import { createMessage, type Message, type MessageInit } from '@millrace/core'
import type { SendInput } from './chat-options.ts'

/** What a send resolves with that was taken back before it was sent. */
export function abortedReply(): Message {
  return createMessage({ role: 'assistant', finishReason: 'aborted' })
}

export function toMessage(message: Message | MessageInit): Message {
  return 'createdAt' in message && 'parts' in message && 'id' in message ? (message as Message) : createMessage(message)
}

export function toUserMessage(input: SendInput): Message {
  const { text, files = [], metadata } = typeof input === 'string' ? { text: input } : input
  if (!text.trim() && !files[0]) throw new TypeError('A message needs text.')
  const parts = files.filter((file) => 'mediaType' in file)
  if (parts.length < files.length) throw new TypeError('Files need the option attachments.')
  return createMessage({ role: 'user', content: text, parts, ...(metadata && { metadata }) })
}
