import { isObject } from '../json.ts'
import type { FilePart, Message, Part, ReasoningPart, ToolCallPart } from '../message.ts'
import { withContinueTurn } from './continue-turn.ts'
import { bytesOf, decodeText, isText, refuseFile } from './file-content.ts'
import { inputOf, outcomeText, toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/** Put before the signature of a thought whose text is kept secret: it goes back as another kind of block. */
export const redactedPrefix = 'redacted:'

interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: object[]
}

/** The body of a Messages request. `request.body` goes over it. */
export function anthropicBody(request: ChatRequest): Record<string, unknown> {
  const { model, system, tools, body } = request
  const messages = withContinueTurn(request)
  // There are no system messages: all instructions go in front.
  const instructions = [system, ...messages.map(({ role, content }) => role === 'system' && content)].filter(Boolean)
  return {
    model,
    // Demanded. Every model can say this much.
    max_tokens: 4096,
    system: instructions.join('\n\n') || undefined,
    messages: toTurns(request, messages),
    stream: true,
    tools: tools?.map(({ name, description, parameters }) => ({
      name,
      description,
      input_schema: parameters ?? { type: 'object', properties: {} },
    })),
    ...body,
  }
}

/** User and assistant in turn, the user first: that is all the provider takes, so neighbours of one role become one. */
function toTurns(request: ChatRequest, messages: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  function add(role: Turn['role'], content: readonly object[]): void {
    if (content.length === 0) return
    if (role === 'assistant' && turns.length === 0) add('user', [{ type: 'text', text: '(The assistant begins.)' }])
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content: [...content] })
  }

  function addReply(message: Message): void {
    const isOwn = isSignedHere(message, request)
    for (const { parts, calls } of toReplySteps(message.parts)) {
      // A thought is wanted back only where it led to a call.
      add(
        'assistant',
        parts.flatMap((part) => toAnswer(part, isOwn && calls.length > 0)),
      )
      add('user', calls.map(toToolResult))
    }
  }

  for (const message of messages) {
    if (message.role === 'assistant') addReply(message)
    else if (message.role !== 'system') add('user', message.parts.flatMap(toContent))
  }
  return turns.map(withoutTrailingSpace)
}

/** An answer that the model is to go on with must not end in a space. */
function withoutTrailingSpace(turn: Turn, index: number, turns: readonly Turn[]): Turn {
  const last = turn.content.at(-1)
  if (index < turns.length - 1 || turn.role === 'user' || !last || !('text' in last)) return turn
  return { ...turn, content: turn.content.with(-1, { ...last, text: String(last.text).trimEnd() }) }
}

/** What a model of another family signed is refused. The reply at the end is always ours, whatever its model is called. */
function isSignedHere(message: Message, { model, messages }: ChatRequest): boolean {
  return !message.model || message === messages.at(-1) || familyOf(message.model) === familyOf(model)
}

/** `claude` for `anthropic/claude-sonnet-4-5`. */
function familyOf(model: string): string | undefined {
  return /[a-z]+/i.exec(model.slice(model.lastIndexOf('/') + 1))?.[0]
}

function toAnswer(part: Part, withThoughts: boolean): object[] {
  switch (part.type) {
    case 'text':
      return toContent(part)
    case 'reasoning':
      return withThoughts ? toThinking(part) : []
    case 'tool-call':
      return [toToolUse(part)]
    default:
      return []
  }
}

function toThinking({ text, signature }: ReasoningPart): object[] {
  if (!signature) return []
  if (!signature.startsWith(redactedPrefix)) return [{ type: 'thinking', thinking: text, signature }]
  return [{ type: 'redacted_thinking', data: signature.slice(redactedPrefix.length) }]
}

function toToolUse(call: ToolCallPart): object {
  const input = inputOf(call)
  return { type: 'tool_use', id: toWireId(call.toolCallId), name: call.toolName, input: isObject(input) ? input : {} }
}

function toToolResult(call: ToolCallPart): object {
  return {
    type: 'tool_result',
    tool_use_id: toWireId(call.toolCallId),
    content: outcomeText(call),
    is_error: call.errorText === undefined ? undefined : true,
  }
}

/** Other providers' ids hold characters which this one refuses. */
function toWireId(toolCallId: string): string {
  return toolCallId.replace(/[^\w-]/g, '_')
}

/** Blank text is refused. */
function toContent(part: Part): object[] {
  if (part.type === 'text') return part.text.trim() ? [{ type: 'text', text: part.text }] : []
  return part.type === 'file' ? [toFile(part)] : []
}

function toFile(file: FilePart): object {
  const { mediaType, url, name } = file
  const data = bytesOf(file)
  const remote = { type: 'url', url }
  const inline = { type: 'base64', media_type: mediaType, data }
  if (mediaType.startsWith('image/')) return { type: 'image', source: data === undefined ? remote : inline }
  // Text of whatever kind is taken as plain text, unencoded.
  if (data && isText(mediaType))
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: decodeText(data) }, title: name }
  if (mediaType !== 'application/pdf') return refuseFile(file, 'anthropic')
  return { type: 'document', source: data === undefined ? remote : inline, title: name }
}
