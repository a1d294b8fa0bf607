import { createMessage, type Message, textOf } from '../message.ts'
import { toReplySteps } from './reply-steps.ts'
import type { ChatRequest } from './wire-format.ts'

/** What a model is asked, where it takes no beginning of its reply to go on with. */
export const continueText = 'Continue exactly where you stopped. Do not repeat anything.'

/** The text at the end of a reply, with which it goes on; `''` where something else is last, the output of a tool say. */
export function openText(reply: Message | undefined): string {
  const last = toReplySteps(reply?.parts ?? []).at(-1)
  return last?.calls.length ? '' : textOf(last?.parts ?? [])
}

/** The messages of a request, with one more where its last has to be gone on with and nothing but asking will do. */
export function withContinueTurn({ messages, continueLast }: ChatRequest): readonly Message[] {
  const content = continueLast === true ? continueText : continueLast
  return content && openText(messages.at(-1)) ? [...messages, createMessage({ role: 'user', content })] : messages
}
