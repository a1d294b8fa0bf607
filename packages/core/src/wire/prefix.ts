import { openText } from './continue-turn.ts'
import { openaiChat } from './openai-chat.ts'
import type { ChatRequest, RequestTarget, WireRequest } from './wire-format.ts'

/**
 * A Chat Completions request to a server that goes on with a reply at its end, once it is told to.
 * @param told What tells it so in the body. Default: `prefix` on the last message.
 */
export function requestWithPrefix(request: ChatRequest, target: RequestTarget, told?: object): WireRequest {
  const { body, ...sent } = openaiChat.request({ ...request, continueLast: false }, target)
  if (!request.continueLast || !openText(request.messages.at(-1))) return { ...sent, body }
  const { messages } = body
  const marked = Array.isArray(messages) ? messages.with(-1, { ...messages.at(-1), prefix: true }) : messages
  return { ...sent, body: told ? { ...body, ...told } : { ...body, messages: marked } }
}
