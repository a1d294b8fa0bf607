import { describe, expect, it } from 'vitest'
import { cutAt, randomPlaces, smallestPieces } from '../test-support/cuts.ts'
import { type FramingCase, framingCases, hasRecordings, orWhyNot } from '../test-support/recordings.ts'
import { createSseDecoder, type ServerSentEvent, type SseDecoderOptions } from './decode-sse.ts'

function bytesOf({ input_base64, input_parts }: FramingCase): Uint8Array<ArrayBuffer> {
  const parts = input_parts ?? [{ base64: input_base64 ?? '' }]
  const pieces = parts.map(({ base64, repeat = 1 }) => Buffer.alloc(repeat * byteLength(base64), base64, 'base64'))
  return new Uint8Array(Buffer.concat(pieces))
}

const byteLength = (base64: string) => Buffer.from(base64, 'base64').length

function toEvents(events: FramingCase['events']): ServerSentEvent[] {
  return events.flatMap(({ type, id, data, data_parts = [], repeat = 1 }) => {
    const joined = data ?? data_parts.map(({ text, repeat: times = 1 }) => text.repeat(times)).join('')
    return Array.from({ length: repeat }, () => ({ type, data: joined, id }))
  })
}

/** As text. The byte order mark is taken here: Node 24 takes a second one too where the first came in two pieces. */
function* textsOf(pieces: readonly Uint8Array[]): Generator<string> {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  let isFirst = true
  for (const piece of [...pieces, undefined]) {
    const text = piece ? utf8.decode(piece, { stream: true }) : utf8.decode()
    yield isFirst ? text.replace(/^\uFEFF/, '') : text
    isFirst &&= text === ''
  }
}

function decode(pieces: readonly Uint8Array[], options: SseDecoderOptions) {
  const decoder = createSseDecoder(options)
  const events = [...textsOf(pieces)].flatMap((text) => decoder.push(text))
  events.push(...decoder.end())
  return { events, retry: decoder.retryMs ?? null }
}

/** Whole, byte by byte, at the places of the case together and one by one, and at random. */
function* cuttings(bytes: Uint8Array<ArrayBuffer>, { splits = [] }: FramingCase): Generator<Uint8Array[]> {
  yield [bytes]
  yield smallestPieces(bytes)
  yield cutAt(bytes, splits)
  for (const place of splits) yield cutAt(bytes, [place])
  const runs = bytes.length > 10_000 ? 3 : 20
  for (let seed = 1; seed <= runs; seed++) yield cutAt(bytes, randomPlaces(bytes.length, seed))
}

describe.skipIf(!hasRecordings)(`the framing cases${orWhyNot}`, () => {
  const cases = framingCases()

  it('are there', () => {
    expect(cases.length).toBeGreaterThan(100)
  })

  it.each(cases)('$name', (framingCase) => {
    const { retry, lenient_tail = [] } = framingCase
    const events = toEvents(framingCase.events)
    const bytes = bytesOf(framingCase)
    for (const pieces of cuttings(bytes, framingCase)) {
      expect(decode(pieces, { unterminated: 'discard' })).toEqual({ events, retry })
      expect(decode(pieces, { unterminated: 'dispatch' })).toEqual({
        events: [...events, ...toEvents(lenient_tail)],
        retry,
      })
    }
  })
})
