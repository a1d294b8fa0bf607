import { ChatError, type ChatErrorCode, createMessage, type FinishReason } from '@millrace/core'
import { expect, it } from 'vitest'
import { exitCodeOfError, exitCodeOfReply } from './exit-codes.ts'
import { UsageError } from './usage-error.ts'

it.each<[ChatErrorCode, number]>([
  ['unauthorized', 3],
  ['forbidden', 3],
  ['payment-required', 4],
  ['rate-limited', 5],
  ['overloaded', 5],
  ['network', 6],
  ['offline', 6],
  ['cors', 6],
  ['connect-timeout', 6],
  ['first-token-timeout', 6],
  ['incomplete', 7],
  ['stalled', 7],
  ['not-a-stream', 8],
  ['malformed-event', 8],
  ['event-too-large', 8],
  ['bad-request', 1],
  ['server-error', 1],
])('says %s with %d', (code, exitCode) => {
  expect(exitCodeOfError(new ChatError(code))).toBe(exitCode)
})

it('says that the command line is wrong with 2, and what nobody foresaw with 1', () => {
  expect(exitCodeOfError(new UsageError('Which model?'))).toBe(2)
  expect(exitCodeOfError(new TypeError('undefined is not a function'))).toBe(1)
})

it.each<[FinishReason, number]>([
  ['stop', 0],
  ['length', 0],
  ['tool-calls', 0],
  ['unknown', 0],
  ['content-filter', 1],
  ['incomplete', 7],
  ['aborted', 130],
])('says that a reply ended with %s with %d', (finishReason, exitCode) => {
  expect(exitCodeOfReply(createMessage({ role: 'assistant', finishReason }))).toBe(exitCode)
})
