import { allMessages, type Message, type ToolCallPart } from '@millrace/core'
import type { ChatStore } from './chat.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'

/** What somebody says to a call: its outcome, or whether it may be run. */
export type CallAnswer = ToolOutput | ToolApprovalResponse

/**
 * Tells the calls of a reply what they were told where it is only shown, from its state there. One that was told
 * something here keeps that, and one that is gone needs nothing.
 */
export function giveAnswers(chat: ChatStore, told: Message): void {
  const known = allMessages(chat.getState()).find(({ id }) => id === told.id)
  const answered = new Set(known?.parts.flatMap(answersIn).map(({ toolCallId }) => toolCallId))
  for (const answer of told.parts.flatMap(answersIn)) if (!answered.has(answer.toolCallId)) give(chat, answer)
}

function give(chat: ChatStore, answer: CallAnswer): void {
  const isOutcome = 'output' in answer || 'errorText' in answer
  const given = isOutcome ? chat.addToolOutput(answer) : chat.addToolApprovalResponse(answer)
  given.catch(() => {})
}

function answersIn(part: Message['parts'][number]): readonly CallAnswer[] {
  return part.type === 'tool-call' ? answersOf(part) : []
}

function answersOf({ toolCallId, state, output, errorText, approved }: ToolCallPart): readonly CallAnswer[] {
  if (state === 'output-available') return [{ toolCallId, output }]
  if (errorText !== undefined) return [{ toolCallId, errorText, ...(approved === false && { approved }) }]
  return approved ? [{ toolCallId, approved }] : []
}
