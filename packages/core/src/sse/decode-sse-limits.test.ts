import { describe, expect, it } from 'vitest'
import { ChatError } from '../errors.ts'
import { countCharacters } from '../test-support/count-characters.ts'
import { everyCut, smallestPieces } from '../test-support/cuts.ts'
import { createSseDecoder, type SseDecoderOptions } from './decode-sse.ts'

/** The data that comes out, and then the code of what is thrown, if anything is. */
function outcome(pieces: readonly string[], options: SseDecoderOptions): string[] {
  const decoder = createSseDecoder(options)
  const said: string[] = []
  const tell = (events: readonly { data: string }[]) => said.push(...events.map(({ data }) => data))
  try {
    for (const piece of pieces) tell(decoder.push(piece))
    tell(decoder.push(''))
    tell(decoder.end())
  } catch (error) {
    said.push(error instanceof ChatError ? error.code : String(error))
  }
  return said
}

describe('an event over the limit', () => {
  const cases: [string, string, string[]][] = [
    ['is refused', 'data: 0123456789abcdef\n\n', ['event-too-large']],
    ['is refused while it is unfinished', 'data: 0123456789abcdef', ['event-too-large']],
    ['is refused where many lines make it', `${'data: 0123\n'.repeat(5)}\n`, ['event-too-large']],
    [
      'comes after the events before it',
      'data: a\n\ndata: b\n\ndata: 0123456789abcdef\n\n',
      ['a', 'b', 'event-too-large'],
    ],
    ['ends the stream', 'data: 0123456789abcdef\n\ndata: a\n\n', ['event-too-large']],
    ['says nothing of itself', `${'data: 0123\n'.repeat(5)}\ndata: a\n\n`, ['event-too-large']],
    ['may be a comment', `:${'-'.repeat(30)}\n\n`, ['event-too-large']],
  ]

  it.each(cases)('%s, however it is cut', (_, text, expected) => {
    const options = { maxEventLength: 20 }
    expect(outcome([text], options)).toEqual(expected)
    for (const pieces of [...everyCut(text), smallestPieces(text)]) expect(outcome(pieces, options)).toEqual(expected)
  })

  it('is one only where the line is longer than the limit', () => {
    const line = 'data: 0123456789'
    expect(outcome([`${line}\n\n`], { maxEventLength: line.length })).toEqual(['0123456789'])
    expect(outcome([`${line}\n\n`], { maxEventLength: line.length - 1 })).toEqual(['event-too-large'])
  })

  it('is refused again by every later call', () => {
    const decoder = createSseDecoder({ maxEventLength: 5 })
    expect(() => decoder.push('data: a')).toThrow(ChatError)
    expect(() => decoder.push('\n\n')).toThrow(ChatError)
  })

  it('is not kept silent about where the stream ends right after it', () => {
    const decoder = createSseDecoder({ maxEventLength: 10 })
    expect(decoder.push('data: a\n\ndata: 0123456789').map(({ data }) => data)).toEqual(['a'])
    expect(() => decoder.end()).toThrow(ChatError)
  })

  it('is not what many small ones are together', () => {
    const events = Array.from({ length: 100 }, () => 'data: 0123\n\n')
    expect(outcome([events.join('')], { maxEventLength: 20 })).toHaveLength(100)
  })
})

describe('the work', () => {
  const read = (pieces: readonly string[]) => () => {
    const decoder = createSseDecoder()
    for (const piece of pieces) decoder.push(piece)
    decoder.end()
  }

  it('is linear in the text for a line of 4 MB in pieces of one character', () => {
    const length = 4 * 1024 * 1024
    const pieces = Array.from({ length }, () => 'x')
    expect(() => countCharacters(read(['data: ', ...pieces, '\n', '\n']), 20 * length)).not.toThrow()
  })

  it('is linear in the text for an event of many lines', () => {
    const lines = Array.from({ length: 50_000 }, () => 'data: 0123456789\n')
    expect(() => countCharacters(read([...lines, '\n']), 20 * lines.join('').length)).not.toThrow()
  })
})
