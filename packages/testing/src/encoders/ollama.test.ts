import { ChatError, type Chunk } from '@millrace/core'
import { expect, it } from 'vitest'
import { decode } from '../test-support/decode.ts'
import { bodyText, call, payloadsOf, start, stop, text, thought, usage } from '../test-support/events.ts'
import { encodeReply } from './encode-reply.ts'
import { ollamaEncoding } from './ollama.ts'

const payloads = (...chunks: Chunk[]) => payloadsOf(ollamaEncoding, chunks)

it('writes a line of JSON a delta', () => {
  const lines = bodyText(ollamaEncoding, [start, thought('Hm'), text('Hi'), stop]).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line).message)).toEqual([
    { role: 'assistant', content: '' },
    { role: 'assistant', content: '', thinking: 'Hm' },
    { role: 'assistant', content: 'Hi' },
    { role: 'assistant', content: '' },
  ])
})

it('counts on the last line', () => {
  const [first, last] = payloads(start, usage, stop)
  expect(first).toMatchObject({ model: 'm1', done: false })
  expect(last).toMatchObject({ done: true, done_reason: 'stop', prompt_eval_count: 5, eval_count: 2 })
})

it('sends a call whole, with its arguments as an object and no id', () => {
  const [line] = payloads(...call('clock', '{"zone":"UTC"}'))
  expect(line).toMatchObject({
    message: { tool_calls: [{ function: { index: 0, name: 'clock', arguments: { zone: 'UTC' } } }] },
  })
})

it('sends arguments that are no object as the text they are', () => {
  const read = decode('ollama', encodeReply([start, ...call('clock', '{"zone":'), stop], { encoding: ollamaEncoding }))
  expect(read).toContainEqual({ type: 'tool-call-delta', toolCallId: 'call_0', argumentsText: '{"zone":' })
})

it('ends in an error that is a text', () => {
  const error = new ChatError('overloaded')
  const said: Chunk[] = [start, { type: 'error', error }, { type: 'message-end', finishReason: 'error' }]
  expect(payloads(...said).at(-1)).toEqual({ error: error.message })
})
