import { describe, expect, it } from 'vitest'
import { parseJson } from './json.ts'
import type { FinishReason, Message, Part, ToolCallPart } from './message.ts'
import { errorFromResponse } from './provider-error.ts'
import { cutAt, everyCut, randomPlaces, smallestPieces } from './test-support/cuts.ts'
import { chunksOf, messageFrom } from './test-support/decode.ts'
import {
  type ExpectedReply,
  hasRecordings,
  orWhyNot,
  type Recording,
  recordedRefusals,
  recordedStreams,
} from './test-support/recordings.ts'
import { wireFormat } from './wire/registry.ts'
import type { WireFormatName } from './wire/wire-format.ts'

// Each provider's own word, in ours.
const finishReasons: Readonly<Record<string, FinishReason>> = {
  ...{ stop: 'stop', end_turn: 'stop', STOP: 'stop', completed: 'stop' },
  ...{ length: 'length', max_tokens: 'length', tool_calls: 'tool-calls', tool_use: 'tool-calls' },
  ...{ content_filter: 'content-filter', SAFETY: 'content-filter' },
}

/** Some formats have no word for a reply that calls tools: they say that it stopped. */
function expectedReason({ finishReason, toolCalls, error }: ExpectedReply): FinishReason {
  if (error) return 'error'
  const reason = finishReasons[finishReason ?? ''] ?? 'unknown'
  return reason === 'stop' && toolCalls.length > 0 ? 'tool-calls' : reason
}

/** What a recording says of its reply, in our words. */
function expectedOf(expected: ExpectedReply) {
  const { text, reasoning, refusal = '', toolCalls, usage, model, responseId, error, citations = [] } = expected
  return {
    text,
    reasoning,
    refusal,
    toolCalls: toolCalls.map(({ id, name, arguments: sent }) => ({
      id: id ?? expect.any(String),
      name,
      arguments: readArguments(sent),
    })),
    finishReason: expectedReason(expected),
    usage,
    model,
    responseId,
    error: error && expect.stringContaining(error.message.replace(/\.$/, '')),
    citations,
  }
}

/** As a value where it is whole: formats that send an object leave its spelling to us. */
function readArguments(text: string): unknown {
  return parseJson(text) ?? text
}

/** The same of a message of ours. */
function factsOf({ parts, content, finishReason, usage, model, metadata, error }: Message) {
  const joined = (type: Part['type']) =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
  const calls = parts.filter((part) => part.type === 'tool-call' && !part.providerExecuted) as ToolCallPart[]
  return {
    text: content,
    reasoning: joined('reasoning'),
    refusal: joined('refusal'),
    toolCalls: calls.map((call) => ({
      id: call.toolCallId,
      name: call.toolName,
      arguments: readArguments(call.argumentsText),
    })),
    finishReason,
    usage: usage ?? null,
    model: model ?? null,
    responseId: metadata?.responseId ?? null,
    error: error?.message ?? null,
    citations: parts.flatMap((part) => (part.type === 'source' ? [part.url] : [])),
  }
}

const read = (pieces: readonly Uint8Array[], wire: WireFormatName) =>
  factsOf(messageFrom(chunksOf(pieces, { wire: wireFormat(wire) })))

// A text is compared much faster than an object, and there are a hundred thousand to compare.
const digest = (pieces: readonly Uint8Array[], wire: WireFormatName) => JSON.stringify(read(pieces, wire))

function differing(cuttings: Iterable<readonly Uint8Array[]>, { bytes, expected }: Recording): number {
  const whole = digest([bytes], expected.format)
  let count = 0
  for (const pieces of cuttings) if (digest(pieces, expected.format) !== whole) count++
  return count
}

// What the provider says when it says how the reply ended.
const endSigns: Readonly<Partial<Record<WireFormatName, RegExp>>> = {
  'openai-chat': /"finish_reason": ?"|^data: \[DONE\]/m,
  'openai-responses': /"type": ?"response\.(completed|incomplete|failed)"|"type": ?"error"/,
  anthropic: /"stop_reason": ?"|"type": ?"error"/,
  gemini: /"finishReason": ?"|"blockReason": ?"/,
  ollama: /"done": ?true/,
}

/** Everything up to the last event that is whole. */
function wholeEvents(bytes: Uint8Array, { expected }: Recording): string {
  const text = new TextDecoder().decode(bytes)
  const ends = [...text.matchAll(expected.format === 'ollama' ? /\n/g : /\r?\n\r?\n/g)]
  const last = ends.at(-1)
  return last ? text.slice(0, last.index + last[0].length) : ''
}

/** What is wrong with a reply whose connection closed there; undefined where nothing is. */
function untruth(recording: Recording, place: number): string | undefined {
  const bytes = recording.bytes.slice(0, place)
  const { finishReason, text } = read([bytes], recording.expected.format)
  if (!recording.expected.text.startsWith(text)) return `${place}: text that was never sent`
  const hasEnd = endSigns[recording.expected.format]?.test(wholeEvents(bytes, recording))
  // The end may also be half an event that can be read all the same: then it was said, if only just.
  const mayHaveEnd = endSigns[recording.expected.format]?.test(new TextDecoder().decode(bytes))
  // One provider may say STOP in every chunk, so there half an event counts for more.
  const isSure = recording.expected.format !== 'gemini'
  if (finishReason === 'incomplete') return hasEnd && isSure ? `${place}: the reason was said and is lost` : undefined
  return mayHaveEnd || finishReason === 'error' ? undefined : `${place}: ends as ${finishReason}`
}

describe.skipIf(!hasRecordings)(`recorded streams${orWhyNot}`, () => {
  const recordings = recordedStreams()
  const small = recordings.filter(({ bytes }) => bytes.length < 20_000)

  it('are there, of five formats', () => {
    expect(new Set(recordings.map(({ expected }) => expected.format)).size).toBe(5)
  })

  it.each(recordings)('$name says what was recorded', ({ bytes, expected }) => {
    expect(read([bytes], expected.format)).toEqual(expectedOf(expected))
  })

  it.each(recordings)('$name says the same byte by byte', ({ bytes, expected }) => {
    expect(digest(smallestPieces(bytes), expected.format)).toBe(digest([bytes], expected.format))
  })

  it.each(recordings)('$name says the same in 200 random cuttings', { timeout: 30_000 }, (recording) => {
    const { bytes } = recording
    const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
    const cuttings = seeds.map((seed) => cutAt(bytes, randomPlaces(bytes.length, seed)))
    expect(differing(cuttings, recording)).toBe(0)
  })

  it.each(small)('$name says the same at every single cut', { timeout: 30_000 }, (recording) => {
    expect(differing(everyCut(recording.bytes), recording)).toBe(0)
  })

  it.each(recordings)('$name never passes for finished where it was cut', { timeout: 30_000 }, (recording) => {
    const { bytes } = recording
    const boundaries = Array.from(bytes.keys()).filter((at) => bytes[at - 1] === 10 && bytes[at] !== 10)
    const seeds = Array.from({ length: 100 }, (_, index) => index + 1)
    const places = new Set([...boundaries, ...seeds.flatMap((seed) => randomPlaces(bytes.length, seed))])
    expect([...places].flatMap((place) => untruth(recording, place) ?? [])).toEqual([])
  })
})

describe.skipIf(!hasRecordings)(`recorded refusals${orWhyNot}`, () => {
  it.each(recordedRefusals())('$name is told in the words of the provider', ({ status, headers, body, expected }) => {
    const { message, providerCode } = errorFromResponse(new Response(null, { status, headers }), body)
    expect(message).toContain(expected.message.slice(0, 400).replace(/\.$/, ''))
    if (expected.code !== null) expect(providerCode).toBe(String(expected.code))
  })
})
