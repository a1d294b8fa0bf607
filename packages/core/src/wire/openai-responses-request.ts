import type { Message, Part, ReasoningPart, ToolCallPart } from '../message.ts'
import { withContinueTurn } from './continue-turn.ts'
import { bytesOf, isText, quote, refuseFile, urlOf } from './file-content.ts'
import { outcomeText, toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/** Put before the signature of a thought that only its provider can read. */
export const encryptedPrefix = 'encrypted:'

/** The body of a Responses request. `request.body` goes over it. */
export function openaiResponsesBody(request: ChatRequest): Record<string, unknown> {
  const { model, system, tools, body } = request
  return {
    model,
    instructions: system || undefined,
    input: withContinueTurn(request).flatMap((message) => toItems(message, isThoughtHere(message, request))),
    stream: true,
    tools: tools?.map(({ name, description, parameters }) => ({
      type: 'function',
      name,
      description,
      parameters: parameters ?? { type: 'object', properties: {} },
      // Strict is the default here, and refuses schemas with optional properties.
      strict: false,
    })),
    ...body,
  }
}

/** One of our messages may be several of their items: a call is one, and its outcome another. */
function toItems({ role, parts, content }: Message, isOwn: boolean): object[] {
  if (role === 'assistant')
    return toReplySteps(parts).flatMap((step) => [
      // A thought is wanted back only where it led to a call.
      ...step.parts.flatMap((part) => toOutputItem(part, isOwn && step.calls.length > 0)),
      ...step.calls.map(toCallOutput),
    ])
  const hasFiles = parts.some(({ type }) => type === 'file')
  return [{ role: role === 'system' ? role : 'user', content: hasFiles ? parts.flatMap(toContent) : content }]
}

/** Another model cannot read them. The reply at the end is always ours, whatever its model is called. */
function isThoughtHere(message: Message, { model, messages }: ChatRequest): boolean {
  return message === messages.at(-1) || message.model === model
}

function toOutputItem(part: Part, withThoughts: boolean): object[] {
  if (part.type === 'text' && part.text) return [{ role: 'assistant', content: part.text }]
  if (part.type === 'reasoning' && withThoughts) return toReasoning(part)
  if (part.type !== 'tool-call') return []
  const { toolCallId, toolName, argumentsText } = part
  return [{ type: 'function_call', call_id: toolCallId, name: toolName, arguments: argumentsText || '{}' }]
}

function toReasoning({ text, signature }: ReasoningPart): object[] {
  if (!signature?.startsWith(encryptedPrefix)) return []
  const [id, encrypted] = JSON.parse(signature.slice(encryptedPrefix.length))
  const summary = text ? [{ type: 'summary_text', text }] : []
  return [{ type: 'reasoning', id: id ?? undefined, summary, encrypted_content: encrypted }]
}

function toCallOutput(call: ToolCallPart): object {
  return { type: 'function_call_output', call_id: call.toolCallId, output: outcomeText(call) }
}

function toContent(part: Part): object[] {
  if (part.type === 'text') return [{ type: 'input_text', text: part.text }]
  if (part.type !== 'file') return []
  const url = urlOf(part)
  if (part.mediaType.startsWith('image/')) return [{ type: 'input_image', image_url: url }]
  const bytes = bytesOf(part)
  if (bytes && isText(part.mediaType)) return [{ type: 'input_text', text: quote(part, bytes) }]
  if (/^(audio|video)/.test(part.mediaType)) return refuseFile(part, 'openai-responses')
  return [{ type: 'input_file', filename: part.name, [url.startsWith('data:') ? 'file_data' : 'file_url']: url }]
}
