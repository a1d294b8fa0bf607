import type { Chunk } from '@millrace/core'
import { expect, it } from 'vitest'
import { decode } from '../test-support/decode.ts'
import { bodyText, call, payloadsOf, signed, start, stop, text, thought, usage } from '../test-support/events.ts'
import { encodeReply } from './encode-reply.ts'
import { geminiEncoding } from './gemini.ts'

const payloads = (...chunks: Chunk[]) => payloadsOf(geminiEncoding, chunks)
const partsOf = (...chunks: Chunk[]) =>
  payloads(...chunks).map(({ candidates }) => (candidates as [{ content?: { parts: object[] } }])[0].content?.parts[0])

it('ends its lines as Google does, and has no terminator', () => {
  const body = bodyText(geminiEncoding, [start, text('Hi'), stop])
  expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(body.endsWith('\r\n\r\n')).toBe(true)
  expect(body).not.toContain('DONE')
})

it('says in every event who answers', () => {
  for (const payload of payloads(start, text('Hi'), usage, stop))
    expect(payload).toMatchObject({ modelVersion: 'm1', responseId: 'r1' })
})

it('marks thoughts, and signs them', () => {
  expect(partsOf(thought('Hm'), signed('s1'))).toEqual([
    { text: 'Hm', thought: true },
    { text: '', thought: true, thoughtSignature: 's1' },
  ])
})

it('sends a call whole, with its arguments as an object', () => {
  expect(partsOf(...call('clock', '{"zone":"UTC"}'))).toEqual([
    { functionCall: { id: 'id_clock', name: 'clock', args: { zone: 'UTC' } } },
  ])
})

it('sends code that the provider runs', () => {
  const code = { language: 'PYTHON', code: 'print(1)' }
  expect(partsOf(...call('code_execution', JSON.stringify(code), true))).toEqual([
    { executableCode: { id: 'id_code_execution', ...code } },
  ])
})

it('ends as Google does where the arguments are no JSON', () => {
  const said = [start, ...call('clock', '{"zone":'), stop]
  expect(payloads(...said).at(-1)).toMatchObject({ candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL' }] })
  expect(decode('gemini', encodeReply(said, { encoding: geminiEncoding })).at(-1)).toEqual({
    type: 'message-end',
    finishReason: 'error',
  })
})

it('reports usage with the finish reason', () => {
  expect(payloads(start, usage, stop).at(-1)).toMatchObject({
    candidates: [{ finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 },
  })
})
