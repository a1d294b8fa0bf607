import { expect, it } from 'vitest'
import { applyChunk } from './apply-chunk.ts'
import { ChatError } from './errors.ts'
import { createMessage } from './message.ts'
import { decodeMessage, encodeMessage, interruptMessage } from './message-data.ts'

it('leaves out what the parts say already', () => {
  expect(encodeMessage(createMessage({ role: 'user', content: 'Hi' }))).not.toHaveProperty('content')
})

it('leaves out the cause of an error', () => {
  const error = new ChatError('server-error', { cause: new Error('with a secret'), requestId: 'r' })
  const json = JSON.stringify(encodeMessage(createMessage({ role: 'assistant', error })))
  expect(json).not.toContain('secret')
  expect(decodeMessage(JSON.parse(json)).error).toMatchObject({ code: 'server-error', requestId: 'r' })
})

it('ends a reply that nobody writes any more, with the text it had', () => {
  const pending = createMessage({ role: 'assistant', status: 'pending' })
  const streaming = applyChunk(pending, { type: 'text-delta', text: 'Hel' })
  const ended = { content: 'Hel', status: 'done', finishReason: 'incomplete', parts: [{ state: 'done' }] }
  expect(interruptMessage(streaming)).toMatchObject(ended)
  expect(interruptMessage(streaming).error?.message).toContain('Continue the reply.')
})

it('leaves a message that is done as it is', () => {
  const done = createMessage({ role: 'user', content: 'Hi' })
  expect(interruptMessage(done)).toBe(done)
})
