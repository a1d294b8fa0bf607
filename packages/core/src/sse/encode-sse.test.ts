import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSseDecoder } from './decode-sse.ts'
import { encodeSse } from './encode-sse.ts'

describe('encodeSse', () => {
  it('writes type, id and data, and the blank line', () => {
    expect(encodeSse({ type: 'named', id: '7', data: 'a' })).toBe('event: named\nid: 7\ndata: a\n\n')
  })

  it('leaves out the type that an event has anyway', () => {
    expect(encodeSse({ type: 'message', data: 'a' })).toBe('data: a\n\n')
  })

  it.each(['a\nb', 'a\r\nb', 'a\rb'])('writes %j as two lines', (data) => {
    expect(encodeSse({ data })).toBe('data: a\ndata: b\n\n')
  })

  it('writes empty data, and an empty id, which takes back the last one', () => {
    expect(encodeSse({ id: '', data: '' })).toBe('id: \ndata: \n\n')
  })

  it('keeps a space that data begins with', () => {
    expect(encodeSse({ data: ' a' })).toBe('data:  a\n\n')
  })

  it.each(['\n', '\r', '\0'])('refuses a type and an id with %j in it', (character) => {
    expect(() => encodeSse({ type: `a${character}b` })).toThrow(TypeError)
    expect(() => encodeSse({ id: `a${character}b` })).toThrow(TypeError)
  })

  it('does not repeat in its error what it refused', () => {
    expect(() => encodeSse({ id: 'secret\n' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    )
  })
})

describe('an event that is encoded and decoded', () => {
  const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n\0]/g, '·'))
  const event = fc.record({
    type: line.filter((type) => type !== ''),
    id: line,
    data: fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom('\n', ' ', ':')),
    }),
  })

  it('is the same event, but that all line ends are line feeds', () => {
    const property = fc.property(fc.array(event), fc.nat(), (events, place) => {
      const text = events.map(encodeSse).join('')
      const at = place % (text.length + 1)
      const decoder = createSseDecoder()
      const decoded = [...decoder.push(text.slice(0, at)), ...decoder.push(text.slice(at)), ...decoder.end()]
      expect(decoded).toEqual(events.map((sent) => ({ ...sent, data: sent.data.replace(/\r\n?/g, '\n') })))
    })
    fc.assert(property, { seed: 20_25, numRuns: 300 })
  })
})
