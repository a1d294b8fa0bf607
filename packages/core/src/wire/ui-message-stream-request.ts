import { asObject, asText, isObject, parseJson } from '../json.ts'
import type { Message, Part, ToolCallPart } from '../message.ts'
import { withContinueTurn } from './continue-turn.ts'
import { urlOf } from './file-content.ts'
import { inputOf, isAnswered, toReplySteps } from './reply-steps.ts'
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
    messages: messages.flatMap((message) => toUiMessage(message, message === messages.at(-1))),
    trigger: 'submit-message',
    model: model || undefined,
    system,
    tools: tools && Object.fromEntries(tools.map(({ name, ...tool }) => [name, tool])),
    ...body,
  }
}

/** What a tool returned stands in its call here, so there is no such role. */
function toUiMessage(message: Message, isLast: boolean): object[] {
  const { responseId, ...metadata } = message.metadata ?? {}
  const parts =
    message.role === 'assistant'
      ? toReplySteps(message.parts, (call) => isAnswered(call) || isAllowed(call)).flatMap((step) =>
          withStepStart(step.parts.flatMap((part) => toUiPart(part, isLast))),
        )
      : message.parts.flatMap((part) => toUiPart(part, isLast))
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

/** The server runs it once it is told so. */
function isAllowed({ approvalId, approved }: ToolCallPart): boolean {
  return approvalId !== undefined && approved === true
}

/** @param isLast What is said in it is news to the server. */
function toUiPart(part: Part, isLast: boolean): object[] {
  switch (part.type) {
    case 'text':
      return part.text ? [{ type: 'text', text: part.text }] : []
    case 'reasoning': {
      // Another format's signature is none of the SDK's.
      const providerMetadata = parseJson(part.signature ?? '')
      return [{ type: 'reasoning', text: part.text, ...(isObject(providerMetadata) && { providerMetadata }) }]
    }
    case 'file':
      return [{ type: 'file', mediaType: part.mediaType, url: urlOf(part), filename: part.name }]
    case 'source':
      return [{ type: 'source-url', sourceId: part.id ?? part.url, url: part.url, title: part.title }]
    case 'tool-call': {
      const { toolCallId, toolName, output, errorText, approvalId: id, approved } = part
      const call = { type: `tool-${toolName}`, toolCallId, input: inputOf(part) }
      if (id && (approved === false || !isAnswered(part))) {
        const state = isLast ? 'approval-responded' : 'output-denied'
        return [{ ...call, state, approval: { id, approved, reason: errorText } }]
      }
      const outcome = errorText === undefined ? { output: output ?? null } : { errorText }
      const state = errorText === undefined ? 'output-available' : 'output-error'
      return [{ ...call, state, ...outcome }]
    }
    case 'data':
      // As it came.
      return part.name === 'source-document' ? [{ type: part.name, sourceId: part.id, ...asObject(part.data) }] : []
    default:
      return []
  }
}
