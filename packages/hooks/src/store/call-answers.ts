import type { Message, ToolCallPart } from '@millrace/core'
import type { ChatActions } from './chat.ts'
import type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'

/** What somebody says to a call: its outcome, or whether it may be run. */
export type CallAnswer = ToolOutput | ToolApprovalResponse

/** What the calls of a reply are told where it is only shown, as long as whoever writes it has not taken that over. */
export interface PendingAnswers {
  /** @returns what was told between these two states, each with the reply's id, and each once. */
  add(before: Message, after: Message): readonly (readonly [replyId: string, answer: CallAnswer])[]
  /** The reply has become this where it is written. */
  heard(reply: Message): void
  /** Nobody writes the reply any more: tells its calls what came too late. */
  giveAll(): void
}

export function createPendingAnswers(chat: ChatActions): PendingAnswers {
  const pending = new Map<string, CallAnswer>()
  return {
    add(before, after) {
      const changed = after.parts.filter((part, index) => part !== before.parts[index])
      const answers = changed.flatMap(answersIn).filter(({ toolCallId }) => !pending.has(toolCallId))
      for (const answer of answers) pending.set(answer.toolCallId, answer)
      return answers.map((answer) => [after.id, answer])
    },
    heard({ parts }) {
      for (const { toolCallId } of parts.flatMap(answersIn)) pending.delete(toolCallId)
    },
    giveAll() {
      for (const answer of pending.values()) giveAnswer(chat, answer)
    },
  }
}

/** Tells a call. One that has its outcome keeps it, and one that is gone needs none. */
export function giveAnswer(chat: ChatActions, answer: CallAnswer): void {
  const isOutcome = 'output' in answer || 'errorText' in answer
  const told = isOutcome ? chat.addToolOutput(answer) : chat.addToolApprovalResponse(answer)
  told.catch(() => {})
}

function answersIn(part: Message['parts'][number]): readonly CallAnswer[] {
  return part.type === 'tool-call' ? answersOf(part) : []
}

function answersOf({ toolCallId, state, output, errorText, approved }: ToolCallPart): readonly CallAnswer[] {
  if (state === 'output-available') return [{ toolCallId, output }]
  if (errorText !== undefined) return [{ toolCallId, errorText, ...(approved === false && { approved }) }]
  return approved ? [{ toolCallId, approved }] : []
}
