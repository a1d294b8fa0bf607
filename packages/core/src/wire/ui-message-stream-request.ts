import { asText, isObject, parseJson } from '../json.ts'
import type { Message, Part } from '../message.ts'
import { withContinueTurn } from './continue-turn.ts'
import { inputOf, toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/**
 * The body that `useChat` posts. `request.body` goes over it. The route knows its own model, instructions and tools;
 * the ones in the request are sent along for a route that asks the client for them.
 */
export function uiMessageStreamBody(request: ChatRequest): Record<string, unknown> {
  const { model, system, tools, body } = request
  const messages = withContinueTurn(request)
  return {
    // Routes tell their chats apart by this, and a thread keeps its first message.
    id: messages[0]?.id,
    messages: messages.flatMap(toUiMessage),
    trigger: 'submit-message',
    model: model || undefined,
    system,
    tools: tools && Object.fromEntries(tools.map(({ name, ...tool }) => [name, tool])),
    ...body,
  }
}

/** What a tool returned stands in its call here, so there is no such role. */
function toUiMessage(message: Message): object[] {
  const { responseId, ...metadata } = message.metadata ?? {}
  const parts =
    message.role === 'assistant'
      ? toReplySteps(message.parts).flatMap((step) => withStepStart(step.parts.flatMap(toUiPart)))
      : message.parts.flatMap(toUiPart)
  // A reply that failed before its first word has nothing to say, and the SDK refuses an empty one.
  if (message.role === 'tool' || parts.length === 0) return []
  return [
    {
      // The route knows its own messages by the ids it gave them.
      id: asText({ responseId }.responseId) ?? message.id,
      role: message.role,
      metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
      parts,
    },
  ]
}

function withStepStart(parts: readonly object[]): object[] {
  return parts.length > 0 ? [{ type: 'step-start' }, ...parts] : []
}

function toUiPart(part: Part): object[] {
  switch (part.type) {
    case 'text':
      return part.text ? [{ type: 'text', text: part.text }] : []
    case 'reasoning': {
      // Another format's signature is none of the SDK's.
      const providerMetadata = parseJson(part.signature ?? '')
      return [{ type: 'reasoning', text: part.text, ...(isObject(providerMetadata) && { providerMetadata }) }]
    }
    case 'file': {
      const url = part.url ?? `data:${part.mediaType};base64,${part.data}`
      return [{ type: 'file', mediaType: part.mediaType, url, filename: part.name }]
    }
    case 'source':
      return [{ type: 'source-url', sourceId: part.id ?? part.url, url: part.url, title: part.title }]
    case 'tool-call': {
      const { toolCallId, toolName, output, errorText } = part
      const outcome = errorText === undefined ? { output: output ?? null } : { errorText }
      const state = errorText === undefined ? 'output-available' : 'output-error'
      return [{ type: `tool-${toolName}`, toolCallId, state, input: inputOf(part), ...outcome }]
    }
    default:
      return []
  }
}
