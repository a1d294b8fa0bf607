import { describe, expect, it } from 'vitest'
import type { Message, Part } from './message.ts'
import { errorFromResponse } from './provider-error.ts'
import { cutAt, everyCut, randomPlaces, smallestPieces } from './test-support/cuts.ts'
import { chunksOf, messageFrom } from './test-support/decode.ts'
import {
  type ExpectedReply,
  hasRecordings,
  orWhyNot,
  recordedRefusals,
  recordedStreams,
} from './test-support/recordings.ts'

const finishReasons: Readonly<Record<string, string>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  content_filter: 'content-filter',
}

/** What a recording says of its reply, in our words. */
function expectedOf(expected: ExpectedReply) {
  const { text, reasoning, refusal = '', toolCalls, finishReason, usage, model, responseId, error } = expected
  return {
    text,
    reasoning,
    refusal,
    toolCalls: toolCalls.map((call) => ({ ...call, id: call.id ?? expect.any(String) })),
    finishReason: error ? 'error' : (finishReasons[finishReason ?? ''] ?? 'unknown'),
    usage,
    model,
    responseId,
    error: error && expect.stringContaining(error.message),
    order: expected.parts.map(({ type }) => type),
  }
}

/** The same of a message of ours. */
function factsOf({ parts, content, finishReason, usage, model, metadata, error }: Message) {
  const joined = (type: Part['type']) =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
  return {
    text: content,
    reasoning: joined('reasoning'),
    refusal: joined('refusal'),
    toolCalls: parts.flatMap((part) =>
      part.type === 'tool-call' ? [{ id: part.toolCallId, name: part.toolName, arguments: part.argumentsText }] : [],
    ),
    finishReason,
    usage: usage ?? null,
    model: model ?? null,
    responseId: metadata?.responseId ?? null,
    error: error?.message ?? null,
    order: parts.flatMap(({ type }) => (type === 'text' || type === 'reasoning' || type === 'tool-call' ? [type] : [])),
  }
}

const read = (pieces: readonly Uint8Array[]) => factsOf(messageFrom(chunksOf(pieces)))

// A text is compared much faster than an object, and there are a hundred thousand to compare.
const digest = (pieces: readonly Uint8Array[]) => JSON.stringify(read(pieces))

function differing(cuttings: Iterable<readonly Uint8Array[]>, whole: string): number {
  let count = 0
  for (const pieces of cuttings) if (digest(pieces) !== whole) count++
  return count
}

describe.skipIf(!hasRecordings)(`recorded streams of Chat Completions${orWhyNot}`, () => {
  const recordings = recordedStreams('openai-chat')
  const small = recordings.filter(({ bytes }) => bytes.length < 20_000)

  it('are there', () => {
    expect(recordings.length).toBeGreaterThan(10)
  })

  it.each(recordings)('$name says what was recorded', ({ bytes, expected }) => {
    expect(read([bytes])).toEqual(expectedOf(expected))
  })

  it.each(recordings)('$name says the same byte by byte', ({ bytes }) => {
    expect(digest(smallestPieces(bytes))).toBe(digest([bytes]))
  })

  it.each(recordings)('$name says the same in 200 random cuttings', ({ bytes }) => {
    const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
    const cuttings = seeds.map((seed) => cutAt(bytes, randomPlaces(bytes.length, seed)))
    expect(differing(cuttings, digest([bytes]))).toBe(0)
  })

  it.each(small)('$name says the same at every single cut', { timeout: 30_000 }, ({ bytes }) => {
    expect(differing(everyCut(bytes), digest([bytes]))).toBe(0)
  })
})

describe.skipIf(!hasRecordings)(`recorded refusals${orWhyNot}`, () => {
  it.each(recordedRefusals())('$name is told in the words of the provider', ({ status, headers, body, expected }) => {
    const { message, providerCode } = errorFromResponse(new Response(null, { status, headers }), body)
    expect(message).toContain(expected.message.slice(0, 400).replace(/\.$/, ''))
    if (expected.code !== null) expect(providerCode).toBe(String(expected.code))
  })
})
