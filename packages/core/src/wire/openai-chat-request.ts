import { type Message, type Part, type ToolCallPart, textOf } from '../message.ts'
import { withContinueTurn } from './continue-turn.ts'
import { bytesOf, isText, quote, refuseFile } from './file-content.ts'
import { toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/** The body of a Chat Completions request. `request.body` goes over it. */
export function openaiChatBody(request: ChatRequest): Record<string, unknown> {
  const { model, system, tools, body } = request
  const messages = withContinueTurn(request).flatMap((message) => toWireMessages(message, model))
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
function toWireMessages(message: Message, model: string): object[] {
  if (message.role !== 'assistant') {
    const content = message.parts.some(({ type }) => type === 'file')
      ? message.parts.flatMap(toContent)
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
      ...calls.map((call) => ({ role: 'tool', tool_call_id: call.toolCallId, content: toolOutput(call) })),
    ]
  })
}

function toolOutput({ output, errorText }: ToolCallPart): string {
  if (errorText !== undefined) return errorText
  return typeof output === 'string' ? output : (JSON.stringify(output) ?? '')
}

function toContent(part: Part): object[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }]
  if (part.type !== 'file') return []
  const { mediaType, name, data, url = `data:${mediaType};base64,${data}` } = part
  if (mediaType.startsWith('image/')) return [{ type: 'image_url', image_url: { url } }]
  const bytes = bytesOf(part)
  if (!bytes || mediaType.startsWith('video/')) return refuseFile(part, 'openai-chat')
  if (isText(mediaType)) return [{ type: 'text', text: quote(part, bytes) }]
  // Formats are named by the ends of their files.
  const [, sound] = /^audio\/(?:x-)?(.+)/.exec(mediaType) ?? []
  if (sound) return [{ type: 'input_audio', input_audio: { data: bytes, format: sound.replace('mpeg', 'mp3') } }]
  return [{ type: 'file', file: { file_data: url, filename: name } }]
}
