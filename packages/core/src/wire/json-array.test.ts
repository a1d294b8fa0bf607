import { describe, expect, it } from 'vitest'
import { encode } from '../test-support/bytes.ts'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { gemini } from './gemini.ts'

const saying = (text: string, rest: object = {}) => ({ candidates: [{ content: { parts: [{ text }] }, ...rest }] })
const hello = [saying('He said: "{[\\'), saying('", he did.', { finishReason: 'STOP' })]
const printed = JSON.stringify(hello, undefined, 2)
const options = { wire: gemini }

describe('a body that is one growing array', () => {
  it('is the same reply, however it is cut', () => {
    expect(messageOf(printed, options)).toMatchObject({ content: 'He said: "{[\\", he did.', finishReason: 'stop' })
    expect(messageOf(JSON.stringify(hello), options).content).toBe('He said: "{[\\", he did.')
  })

  it('is said object by object, as it grows', () => {
    const decoder = gemini.createDecoder()
    const [first = '', second = ''] = hello.map((each) => JSON.stringify(each))
    expect(decoder.push(encode(`[${first}`))).toMatchObject([{ type: 'text-delta', text: 'He said: "{[\\' }])
    expect(decoder.push(encode(`,\r\n${second}`))).toMatchObject([{ type: 'text-delta' }])
    expect(decoder.push(encode(']'))).toEqual([])
    expect(decoder.end()).toEqual([{ type: 'message-end', finishReason: 'stop' }])
  })

  it('that is cut in an object is incomplete', () => {
    expect(messageOf(printed.slice(0, -60), options)).toMatchObject({
      content: 'He said: "{[\\',
      finishReason: 'incomplete',
    })
  })

  it('may hold an error', () => {
    const body = JSON.stringify([
      saying('Hel'),
      { error: { code: 503, message: 'Overloaded.', status: 'UNAVAILABLE' } },
    ])
    expect(messageOf(body, options)).toMatchObject({ content: 'Hel', error: { code: 'overloaded' } })
  })

  it.each(['[1, 2]', '["no"]', '[]'])('that holds no object is no reply: %s', (body) => {
    expect(messageOf(body, options).finishReason).toMatch(/error|incomplete/)
  })

  it('whose object is longer than what is kept is an error, and what came before stays', () => {
    const body = JSON.stringify([saying('Hi'), saying('x'.repeat(500))])
    expect(messageOf(body, { ...options, maxEventLength: 200 })).toMatchObject({
      content: 'Hi',
      error: { code: 'event-too-large' },
    })
  })

  it('takes time that is linear in its length', () => {
    const long = encode(JSON.stringify([saying('x'.repeat(300_000), { finishReason: 'STOP' })]))
    const pieces = Array.from({ length: Math.ceil(long.length / 16) }, (_, i) => long.subarray(i * 16, i * 16 + 16))
    const startedAt = performance.now()
    expect(chunksOf(pieces, options)).toHaveLength(2)
    // Quadratic, this would be the copying of three gigabytes.
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})
