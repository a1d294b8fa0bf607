import { continueText } from '@millrace/core'
import type { RecordedRequest } from '../recorded-request.ts'

/** A request to go on, put in words, as the one that ends in the reply to go on with. Any other as it is. */
export function withoutContinueTurn(request: RecordedRequest): RecordedRequest {
  if (request.prompt !== continueText) return request
  const messages = request.messages.slice(0, -1)
  return { ...request, messages, prompt: messages.findLast(({ role }) => role === 'user')?.text ?? '' }
}
