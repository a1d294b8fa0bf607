import { type FilePart, type Message, textOf } from '../message.ts'
import { bytesOf, isText, quote, refuseFile } from './file-content.ts'
import { inputOf, outcomeText, toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/**
 * The body of a chat request. `request.body` goes over it. Of files only images and texts can be sent, and of those only
 * the ones whose bytes are here: Ollama fetches nothing. A reply at the end is gone on with, without being asked.
 */
export function ollamaBody({ model, messages, system, tools, body }: ChatRequest): Record<string, unknown> {
  return {
    model,
    messages: [...(system ? [{ role: 'system', content: system }] : []), ...messages.flatMap(toWireMessages)],
    stream: true,
    tools: tools?.map((tool) => ({ type: 'function', function: tool })),
    ...body,
  }
}

/** One of our messages may be several of theirs: what a tool returned is a message of its own. */
function toWireMessages({ role, content, parts }: Message): object[] {
  if (role !== 'assistant') {
    const files = parts.filter((part) => part.type === 'file').map(toContent)
    const images = files.flatMap(({ image }) => image ?? [])
    const said = [content, ...files.map(({ text }) => text)].filter(Boolean).join('\n\n')
    return [{ role, content: said, images: images.length > 0 ? images : undefined }]
  }
  return toReplySteps(parts).flatMap((step) => {
    const calls = step.calls.map((call) => ({ function: { name: call.toolName, arguments: inputOf(call) } }))
    const text = textOf(step.parts)
    // A reply that failed before its first word has nothing to say.
    if (!text && calls.length === 0) return []
    return [
      // Models that think while they use tools go on from the thought that led to the call.
      {
        role,
        content: text,
        ...(calls.length > 0 && { thinking: textOf(step.parts, 'reasoning') || undefined, tool_calls: calls }),
      },
      ...step.calls.map((call) => ({ role: 'tool', tool_name: call.toolName, content: outcomeText(call) })),
    ]
  })
}

/** An image goes beside the text, a text into it. */
function toContent(file: FilePart): { readonly image?: string; readonly text?: string } {
  const bytes = bytesOf(file)
  if (bytes && file.mediaType.startsWith('image/')) return { image: bytes }
  return bytes && isText(file.mediaType) ? { text: quote(file, bytes) } : refuseFile(file, 'ollama')
}
