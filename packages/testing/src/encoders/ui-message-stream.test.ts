import type { Chunk } from '@millrace/core'
import { expect, it } from 'vitest'
import { bodyText, call, payloadsOf, signed, start, stop, text, thought } from '../test-support/events.ts'
import { uiMessageStreamEncoding } from './ui-message-stream.ts'

const payloads = (...chunks: Chunk[]) => payloadsOf(uiMessageStreamEncoding, chunks)

it('opens and closes a block for text and one for thoughts', () => {
  expect(payloads(start, thought('Hm'), text('Hel'), text('lo'), stop)).toEqual([
    { type: 'start', messageId: 'r1', messageMetadata: { model: 'm1' } },
    { type: 'start-step' },
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'Hm' },
    { type: 'reasoning-end', id: '0' },
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta: 'Hel' },
    { type: 'text-delta', id: '1', delta: 'lo' },
    { type: 'text-end', id: '1' },
    { type: 'finish-step' },
    { type: 'finish', finishReason: 'stop' },
  ])
})

it('ends in [DONE]', () => {
  expect(bodyText(uiMessageStreamEncoding, [start, stop])).toMatch(/\n\ndata: \[DONE\]\n\n$/)
})

it('streams the arguments of a call and repeats them as a value', () => {
  expect(payloads(...call('clock', '{"zone":"UTC"}'))).toEqual([
    { type: 'tool-input-start', toolCallId: 'id_clock', toolName: 'clock' },
    { type: 'tool-input-delta', toolCallId: 'id_clock', inputTextDelta: '{"zone":"UTC"}' },
    { type: 'tool-input-available', toolCallId: 'id_clock', toolName: 'clock', input: { zone: 'UTC' } },
  ])
})

it('says that arguments are no JSON', () => {
  expect(payloads(...call('clock', '{"zone":')).at(-1)).toMatchObject({ type: 'tool-input-error', input: '{"zone":' })
})

it('says what a tool returned on the server', () => {
  const output: Chunk[] = [
    { type: 'tool-call-output', toolCallId: 'a', output: { hour: 12 } },
    { type: 'tool-call-output', toolCallId: 'b', errorText: 'No clock.' },
  ]
  expect(payloads(...output)).toEqual([
    { type: 'tool-output-available', toolCallId: 'a', output: { hour: 12 } },
    { type: 'tool-output-error', toolCallId: 'b', errorText: 'No clock.' },
  ])
})

it('sends a signature as what the provider wants to have back', () => {
  const ofRoute = JSON.stringify({ anthropic: { signature: 's1' } })
  expect(payloads(signed(ofRoute), signed('s2')).map(({ providerMetadata }) => providerMetadata)).toEqual([
    undefined,
    { anthropic: { signature: 's1' } },
    { fake: { signature: 's2' } },
  ])
})

it('says that the reply was stopped', () => {
  expect(payloads(start, text('Hi'), { type: 'message-end', finishReason: 'aborted' }).at(-1)).toEqual({
    type: 'abort',
  })
})
