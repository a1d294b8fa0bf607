import { ChatError, type Chunk } from '@millrace/core'
import { expect, it } from 'vitest'
import { decode } from '../test-support/decode.ts'
import { bodyText, call, payloadsOf, start, stop, text, thought, usage } from '../test-support/events.ts'
import { encodeReply } from './encode-reply.ts'
import { openaiResponsesEncoding } from './openai-responses.ts'

const payloads = (...chunks: Chunk[]) => payloadsOf(openaiResponsesEncoding, chunks)

it('opens an item and its part for what is said, and repeats them whole', () => {
  expect(payloads(start, text('Hel'), text('lo'), stop).map(({ type }) => type)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ])
})

it('names each event after the type in it, and numbers them', () => {
  const body = bodyText(openaiResponsesEncoding, [start, stop])
  expect(body).toMatch(/^event: response\.created\ndata: {"type":"response\.created","sequence_number":0,/)
  const numbers = payloads(start, thought('Hm'), text('Hi'), stop).map(({ sequence_number }) => sequence_number)
  expect(numbers).toEqual(numbers.map((_, index) => index))
})

it('ends in the response as a whole', () => {
  const said = [start, thought('Hm'), text('Hi'), ...call('clock', '{}'), usage, stop]
  const { type, response } = payloads(...said).at(-1) ?? {}
  expect(type).toBe('response.completed')
  expect(response).toEqual(openaiResponsesEncoding.encodeWhole(said))
  expect(response).toMatchObject({
    id: 'r1',
    object: 'response',
    status: 'completed',
    model: 'm1',
    output: [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] },
      { type: 'function_call', call_id: 'id_clock', name: 'clock', arguments: '{}' },
    ],
    usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
  })
})

it.each([
  ['length', 'response.incomplete', { reason: 'max_output_tokens' }],
  ['content-filter', 'response.incomplete', { reason: 'content_filter' }],
  ['unknown', 'response.incomplete', null],
] as const)('says why it ended: %s', (finishReason, type, details) => {
  expect(payloads(start, { type: 'message-end', finishReason }).at(-1)).toMatchObject({
    type,
    response: { incomplete_details: details },
  })
})

it('says an error twice, as OpenAI does', () => {
  const error = new ChatError('rate-limited', { providerCode: 'rate_limit_exceeded' })
  const said: Chunk[] = [start, { type: 'error', error }, { type: 'message-end', finishReason: 'error' }]
  expect(payloads(...said).slice(-2)).toMatchObject([
    { type: 'error', error: { code: 'rate_limit_exceeded' } },
    { type: 'response.failed', response: { status: 'failed', error: { code: 'rate_limit_exceeded' } } },
  ])
})

it('shows an image as the call that made it', () => {
  const [added, done] = payloads({ type: 'file', mediaType: 'image/webp', data: 'AA==' })
  expect(added).toMatchObject({ item: { type: 'image_generation_call', status: 'in_progress' } })
  expect(done).toMatchObject({ item: { status: 'completed', output_format: 'webp', result: 'AA==' } })
})

it('is read with the thoughts around a call apart, and nothing put between them', () => {
  const said = [start, thought('First.'), ...call('search', '{}', true), thought('Then.'), stop]
  expect(decode('openai-responses', encodeReply(said, { encoding: openaiResponsesEncoding }))).toEqual(said)
})
