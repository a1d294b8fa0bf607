import { describe, expect, it } from 'vitest'
import { countCharacters } from '../test-support/count-characters.ts'
import { everyCut, smallestPieces } from '../test-support/cuts.ts'
import { createNdjsonDecoder } from './ndjson.ts'

/** The data of the events in these pieces. */
function read(pieces: readonly string[], options?: Parameters<typeof createNdjsonDecoder>[0]): string[] {
  const decoder = createNdjsonDecoder(options)
  return [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()].map(({ data }) => data)
}

function ignoredIn(text: string): string[] {
  const lines: string[] = []
  read([text], { onIgnoredLine: (line) => lines.push(line) })
  return lines
}

describe('createNdjsonDecoder', () => {
  it.each([
    ['each line', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['a last line without its line feed', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['lines that end in a carriage return as well', '{"a":1}\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ['no blank line', '\n{"a":1}\n\n \n{"b":2}\n\n', ['{"a":1}', '{"b":2}']],
    ['half a line at the end', '{"a":1}\n{"b"', ['{"a":1}', '{"b"']],
    ['what is no JSON, once there was some', '{"a":1}\noops\n', ['{"a":1}', 'oops']],
  ])('makes an event of %s, however the text is cut', (_, text, expected) => {
    expect(read([text])).toEqual(expected)
    for (const pieces of [...everyCut(text), smallestPieces(text)]) expect(read(pieces)).toEqual(expected)
  })

  it('gives an event at its line feed, and no sooner', () => {
    const decoder = createNdjsonDecoder()
    expect(decoder.push('{"a":1}')).toEqual([])
    expect(decoder.push('\n')).toEqual([{ type: 'message', data: '{"a":1}', id: '' }])
    expect(decoder.end()).toEqual([])
  })

  it('hands on the lines of a body that is something else', () => {
    expect(ignoredIn('<html>\n<body>')).toEqual(['<html>', '<body>'])
    expect(ignoredIn('{\n  "error": "no"\n}')).toEqual(['{', '  "error": "no"', '}'])
    expect(ignoredIn('data: {"a":1}\n\n')).toEqual(['data: {"a":1}', '', ''])
  })

  it('refuses a line over the limit, after the lines before it', () => {
    const decoder = createNdjsonDecoder({ maxEventLength: 8 })
    expect(decoder.push('{"a":1}\n{"b":23456}\n')).toHaveLength(1)
    expect(() => decoder.push('{"c":3}\n')).toThrow(expect.objectContaining({ code: 'event-too-large' }))
    expect(decoder.end()).toEqual([])
  })

  it('refuses a line that grows over the limit', () => {
    const decoder = createNdjsonDecoder({ maxEventLength: 8 })
    decoder.push('{"b":')
    expect(() => decoder.push('23456')).toThrow(expect.objectContaining({ code: 'event-too-large' }))
  })

  it('reads each character of a long line a fixed number of times', () => {
    const line = `{"text":"${'a'.repeat(20_000)}"}\n`
    const pieces = smallestPieces(line)
    expect(countCharacters(() => read(pieces))).toBeLessThan(line.length * 10)
  })
})
