import type { Message, ToolCallPart } from '@millrace/core'
import type { ChatActions } from './chat.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'

/** What somebody says to a call: its outcome, or whether it may be run. */
export type CallAnswer = ToolOutput | ToolApprovalResponse

/** What the calls of a reply were told between these two states of it. */
export function answersBetween(before: Message, after: Message): readonly CallAnswer[] {
  const changed = after.parts.filter((part, index) => part !== before.parts[index])
  return changed.flatMap((part) => (part.type === 'tool-call' ? answerIn(part) : []))
}

/** Whether a call of the reply has heard that already, or something else. */
export function isAnswered({ parts }: Message, { toolCallId }: CallAnswer): boolean {
  return parts.some((part) => part.type === 'tool-call' && part.toolCallId === toolCallId && answerIn(part).length > 0)
}

/** Gives it once more. A call that has its outcome keeps it. */
export function giveAnswer(chat: ChatActions, answer: CallAnswer): Promise<unknown> {
  return 'output' in answer || 'errorText' in answer ? chat.addToolOutput(answer) : chat.addToolApprovalResponse(answer)
}

function answerIn({ toolCallId, state, output, errorText, approved }: ToolCallPart): readonly CallAnswer[] {
  if (state === 'output-available') return [{ toolCallId, output }]
  if (errorText !== undefined) return [{ toolCallId, errorText, ...(approved === false && { approved }) }]
  return approved ? [{ toolCallId, approved }] : []
}
