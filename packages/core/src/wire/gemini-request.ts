import type { FilePart, Message, Part, ToolCallPart } from '../message.ts'
import { isMadeUpId } from './call-ids.ts'
import { withContinueTurn } from './continue-turn.ts'
import { bytesOf, isText } from './file-content.ts'
import { inputOf, type ReplyStep, toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

interface Content {
  readonly role: 'user' | 'model'
  readonly parts: readonly object[]
}

/** The body of a generateContent request. `request.body` goes over it. The model stands in the URL. */
export function geminiBody(request: ChatRequest): Record<string, unknown> {
  const { system, tools, body } = request
  const messages = withContinueTurn(request)
  // There is no such role among the contents.
  const instructions = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  const texts = [system, ...instructions].filter(Boolean)
  return {
    contents: messages.flatMap(toContents),
    systemInstruction: texts.length > 0 ? { parts: texts.map((text) => ({ text })) } : undefined,
    // Plain `parameters` would be OpenAPI's dialect, which refuses much of JSON Schema.
    tools: tools?.length
      ? [
          {
            functionDeclarations: tools.map(({ parameters, ...tool }) => ({
              ...tool,
              parametersJsonSchema: parameters,
            })),
          },
        ]
      : undefined,
    ...body,
  }
}

function toContents({ role, parts }: Message): Content[] {
  if (role === 'system') return []
  const contents: Content[] =
    role === 'assistant' ? toReplySteps(parts).flatMap(toTurns) : [{ role: 'user', parts: parts.flatMap(toUserPart) }]
  // A reply that failed before its first word has nothing to say, and the server refuses an empty one.
  return contents.filter((content) => content.parts.length > 0)
}

function toUserPart(part: Part): object[] {
  if (part.type === 'text' && part.text) return [{ text: part.text }]
  return part.type === 'file' ? [toFile(part)] : []
}

/** What the tools returned is a turn of the user. */
function toTurns({ parts, calls }: ReplyStep): Content[] {
  return [
    { role: 'model', parts: parts.flatMap((part, index) => toModelPart(part, parts[index - 1], parts[index + 1])) },
    { role: 'user', parts: calls.map(toFunctionResponse) },
  ]
}

/** Thoughts are not sent back, but their signature is: on the part after it, as it came, or on an empty text. */
function toModelPart(part: Part, before: Part | undefined, after: Part | undefined): object[] {
  const thoughtSignature = before?.type === 'reasoning' ? before.signature : undefined
  switch (part.type) {
    case 'text':
      return part.text || thoughtSignature ? [{ text: part.text, thoughtSignature }] : []
    case 'file':
      return [{ ...toFile(part), thoughtSignature }]
    case 'tool-call':
      return [{ functionCall: { ...identity(part), args: inputOf(part) }, thoughtSignature }]
    case 'reasoning':
      return part.signature && !isSendable(after) ? [{ text: '', thoughtSignature: part.signature }] : []
    default:
      return []
  }
}

function isSendable(part: Part | undefined): boolean {
  return part?.type === 'text' || part?.type === 'file' || part?.type === 'tool-call'
}

/** The server knows an id only where it sent one; Vertex AI refuses any. */
function identity({ toolCallId, toolName }: ToolCallPart): object {
  return { id: isMadeUpId(toolCallId) ? undefined : toolCallId, name: toolName }
}

function toFunctionResponse(call: ToolCallPart): object {
  const response = call.errorText === undefined ? { output: call.output ?? null } : { error: call.errorText }
  return { functionResponse: { ...identity(call), response } }
}

function toFile(file: FilePart): object {
  const { mediaType, url } = file
  const data = bytesOf(file)
  if (data === undefined) return { fileData: { mimeType: mediaType, fileUri: url } }
  // Of texts only those that say so are taken.
  const mimeType = isText(mediaType) && !mediaType.startsWith('text/') ? 'text/plain' : mediaType
  return { inlineData: { mimeType, data } }
}
