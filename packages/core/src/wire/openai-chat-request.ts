import { type FilePart, type Message, type Part, textOf } from '../message.ts'
import { withContinueTurn } from './continue-turn.ts'
import { urlOf } from './file-content.ts'
import { outcomeText, toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/** Writes a file that is no image the way this format takes it. @throws {TypeError} where it does not. */
export type FileWriter = (file: FilePart) => object

/** The body of a Chat Completions request. `request.body` goes over it. */
export function openaiChatBody(request: ChatRequest, writeFile: FileWriter): Record<string, unknown> {
  const { model, system, tools, body } = request
  const messages = withContinueTurn(request).flatMap((message) => toWireMessages(message, model, writeFile))
  return {
    model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages],
    stream: true,
    // Without this most servers never say what a reply has cost.
    stream_options: { include_usage: true },
    tools: tools?.map((tool) => ({ type: 'function', function: tool })),
    ...body,
  }
}

/** One of our messages may be several of theirs: what a tool returned is a message of its own. */
function toWireMessages(message: Message, model: string, writeFile: FileWriter): object[] {
  if (message.role !== 'assistant') {
    const content = message.parts.some(({ type }) => type === 'file')
      ? message.parts.flatMap((part) => toContent(part, writeFile))
      : message.content
    return [{ role: message.role, content }]
  }
  // These models refuse a reply that called tools without what it had thought; other servers refuse the field.
  const sendsThoughts = /deepseek|kimi/i.test(model) && message.parts.some(({ type }) => type === 'tool-call')
  return toReplySteps(message.parts).flatMap(({ parts, calls }) => {
    const content = textOf(parts)
    // A reply that failed before its first word has nothing to say, and servers refuse an empty one.
    if (!content && !calls[0]) return []
    const toolCalls = calls.map(({ toolCallId, toolName, argumentsText }) => ({
      id: toolCallId,
      type: 'function',
      function: { name: toolName, arguments: argumentsText || '{}' },
    }))
    return [
      {
        role: 'assistant',
        content: content || null,
        reasoning_content: sendsThoughts ? textOf(parts, 'reasoning') : undefined,
        tool_calls: calls[0] && toolCalls,
      },
      ...calls.map((call) => ({ role: 'tool', tool_call_id: call.toolCallId, content: outcomeText(call) })),
    ]
  })
}

function toContent(part: Part, writeFile: FileWriter): object[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }]
  if (part.type !== 'file') return []
  const isImage = part.mediaType.startsWith('image/')
  return [isImage ? { type: 'image_url', image_url: { url: urlOf(part) } } : writeFile(part)]
}
