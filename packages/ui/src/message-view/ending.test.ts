import { ChatError, type ChatErrorCode, createMessage, type MessageInit } from '@millrace/core'
import { describe, expect, it } from 'vitest'
import { en } from '../strings/en.ts'
import { vi } from '../strings/vi.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { describeEnding, type Remedy } from './ending.ts'

const endingOf = (init: Omit<MessageInit, 'role'>) => describeEnding(createMessage({ role: 'assistant', ...init }), en)

describe('the ending of a reply', () => {
  it('is not mentioned where the model simply finished', () => {
    expect(endingOf({ content: 'Done.', finishReason: 'stop' })).toBeUndefined()
    expect(endingOf({ content: 'Done.', finishReason: 'tool-calls' })).toBeUndefined()
  })

  it('is not mentioned while the reply is on its way', () => {
    expect(endingOf({ content: 'Do', status: 'streaming' })).toBeUndefined()
  })

  it.each([
    ['length', en.lengthReached, 'continue'],
    ['aborted', en.stopped, 'continue'],
    ['content-filter', en.contentFiltered, undefined],
    ['unknown', en.endUnknown, undefined],
  ] as const)('is a note after %s, and where more was to come it can be asked for', (finishReason, text, action) => {
    expect(endingOf({ content: 'Half', finishReason })).toEqual({ kind: 'note', text, action })
  })

  it('offers nothing to go on with where nothing was said', () => {
    expect(endingOf({ finishReason: 'aborted' })).toMatchObject({ action: undefined })
    expect(endingOf({ finishReason: 'incomplete' })).toMatchObject({ action: 'retry' })
  })

  it('admits that an answer is empty', () => {
    expect(endingOf({ finishReason: 'stop' })).toEqual({ kind: 'note', text: en.emptyAnswer, action: undefined })
  })

  it('is a cut where the connection closed, and says so of a stall as well', () => {
    const cut = { content: 'Half', finishReason: 'incomplete' } as const
    expect(endingOf(cut)).toMatchObject({ kind: 'cut', ...en.cutOff, action: 'continue' })
    expect(endingOf({ ...cut, error: new ChatError('stalled') })).toMatchObject({
      title: en.cutOff.title,
      hint: en.errors.stalled.hint,
    })
  })

  it('names the error in plain words, and not in those of the stack', () => {
    const error = new ChatError('overloaded', { cause: new Error('ECONNRESET at Socket.<anonymous>') })
    expect(endingOf({ finishReason: 'error', error })).toEqual({
      kind: 'failed',
      ...en.errors.overloaded,
      words: undefined,
      action: 'switch-model',
      retryAt: undefined,
      failedAt: expect.any(Number),
    })
  })

  it('repeats the provider’s own words where there are any', () => {
    const error = new ChatError('bad-request', { what: 'max_tokens must be at most 4096.' })
    expect(endingOf({ finishReason: 'error', error })).toMatchObject({ words: 'max_tokens must be at most 4096.' })
  })

  it('does not end in the middle of what the provider said', () => {
    const error = new ChatError('rate-limited', { what: 'The provider says "Limit reached. Wait a moment".' })
    expect(endingOf({ finishReason: 'error', error })).toMatchObject({
      words: en.providerSays('Limit reached. Wait a moment'),
    })
  })

  it.each([
    ['No more today.', 'No more today'],
    ['The model "x" is full. Wait.', 'The model "x" is full.'],
  ])('says in the language of the reader who said it: %s', async (message, words) => {
    const { store } = createTestChat({ fetch: async () => Response.json({ error: { message } }, { status: 429 }) })
    expect(describeEnding(await store.sendMessage('Question'), vi)).toMatchObject({ words: vi.providerSays(words) })
  })

  it('asks to wait as long as the provider asked, from when the reply failed', () => {
    const error = new ChatError('rate-limited', { retryAfterMs: 12_000 })
    const timing = { startedAt: 1_000, endedAt: 2_000 }
    expect(endingOf({ finishReason: 'error', error, timing })).toMatchObject({ retryAt: 14_000 })
  })

  it.each<[ChatErrorCode, Remedy]>([
    ['offline', 'reconnect'],
    ['network', 'retry'],
    ['cors', 'retry'],
    ['unauthorized', 'check-key'],
    ['forbidden', 'check-key'],
    ['payment-required', 'pay'],
    ['rate-limited', 'wait'],
    ['overloaded', 'switch-model'],
    ['model-not-found', 'switch-model'],
    ['context-too-long', 'shorten'],
    ['content-blocked', 'retry'],
    ['bad-request', 'retry'],
    ['server-error', 'retry'],
    ['connect-timeout', 'retry'],
    ['first-token-timeout', 'retry'],
    ['not-a-stream', 'retry'],
    ['malformed-event', 'retry'],
    ['event-too-large', 'retry'],
    ['provider-error', 'retry'],
    ['tool-failed', 'retry'],
    ['tool-loop', 'retry'],
  ])('has after %s the remedy %s', (code, action) => {
    expect(endingOf({ finishReason: 'error', error: new ChatError(code) })).toMatchObject({ kind: 'failed', action })
  })

  it.each(['incomplete', 'stalled'] as const)('after %s can be gone on with', (code) => {
    const ending = endingOf({ content: 'Half', finishReason: 'incomplete', error: new ChatError(code) })
    expect(ending).toMatchObject({ kind: 'cut', action: 'continue' })
  })
})
