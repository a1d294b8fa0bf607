import { ChatError } from '@millrace/core'
import { expect, it } from 'vitest'
import { bodyText, call, payloadsOf, signed, start, stop, text, thought, usage } from '../test-support/events.ts'
import { anthropicEncoding } from './anthropic.ts'

const typesOf = (...chunks: Parameters<typeof payloadsOf>[1]) =>
  payloadsOf(anthropicEncoding, chunks).map(({ type }) => String(type))

it('opens a block for each kind of thing that is said, and closes it before the next', () => {
  const said = [start, thought('Hm'), signed('s1'), text('Hel'), text('lo'), ...call('clock', '{}'), usage, stop]
  expect(typesOf(...said)).toEqual([
    ...['message_start', 'ping'],
    ...['content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop'],
    ...['content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop'],
    ...['content_block_start', 'content_block_delta', 'content_block_stop'],
    ...['message_delta', 'message_stop'],
  ])
})

it('names each event after the type in it', () => {
  expect(bodyText(anthropicEncoding, [start, stop])).toMatch(/^event: message_start\ndata: {"type":"message_start",/)
})

it('says in the start what was used before it', () => {
  expect(payloadsOf(anthropicEncoding, [start, usage, stop])[0]).toMatchObject({
    message: { id: 'r1', model: 'm1', content: [], usage: { input_tokens: 5, output_tokens: 2 } },
  })
})

it('says at the end why it ended and what was used', () => {
  expect(payloadsOf(anthropicEncoding, [start, text('Hi'), usage, stop]).at(-2)).toEqual({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { input_tokens: 5, output_tokens: 2 },
  })
})

it('keeps a thought secret whose signature says so', () => {
  expect(payloadsOf(anthropicEncoding, [signed('redacted:c2VjcmV0')])[0]).toMatchObject({
    content_block: { type: 'redacted_thinking', data: 'c2VjcmV0' },
  })
})

it('says which calls the provider runs', () => {
  const blocks = payloadsOf(anthropicEncoding, [...call('clock', '{}'), ...call('web_search', '{}', true)])
  expect(blocks.map(({ content_block }) => content_block).filter(Boolean)).toMatchObject([
    { type: 'tool_use', id: 'id_clock', name: 'clock', input: {} },
    { type: 'server_tool_use', name: 'web_search' },
  ])
})

it('ends in an error, and in nothing after it', () => {
  const error = new ChatError('overloaded', { what: 'Too busy.' })
  const said = [start, text('Hi'), { type: 'error', error } as const, { ...stop, finishReason: 'error' } as const]
  expect(payloadsOf(anthropicEncoding, said).at(-1)).toMatchObject({
    type: 'error',
    error: { type: 'overloaded_error' },
  })
})

it('writes a whole message', () => {
  const said = [start, thought('Hm'), signed('s1'), text('Hi'), ...call('clock', '{"zone":"UTC"}'), usage, stop]
  expect(anthropicEncoding.encodeWhole(said)).toMatchObject({
    id: 'r1',
    type: 'message',
    content: [
      { type: 'thinking', thinking: 'Hm', signature: 's1' },
      { type: 'text', text: 'Hi' },
      { type: 'tool_use', id: 'id_clock', name: 'clock', input: { zone: 'UTC' } },
    ],
    stop_reason: 'end_turn',
    usage: { input_tokens: 5, output_tokens: 2 },
  })
})
