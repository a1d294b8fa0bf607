import { describe, expect, it } from 'vitest'
import { encode } from '../test-support/bytes.ts'
import { chunksOf, messageFrom, messageOf } from '../test-support/decode.ts'
import { text } from './text.ts'

const wire = text

describe('a body of plain text', () => {
  it('is the reply, wherever it is cut', () => {
    expect(messageOf('Hello 👋,\n\ndata: không phải sự kiện', { wire })).toMatchObject({
      content: 'Hello 👋,\n\ndata: không phải sự kiện',
      finishReason: 'unknown',
    })
  })

  it('may be empty', () => {
    expect(messageOf('', { wire })).toMatchObject({ content: '', parts: [], finishReason: 'unknown' })
  })

  it('cannot be told from a broken one, so it is incomplete where a finish reason is required', () => {
    expect(messageOf('Hello', { wire, requireFinishReason: true })).toMatchObject({
      content: 'Hello',
      finishReason: 'incomplete',
      error: { code: 'incomplete' },
    })
  })

  it('is incomplete where its connection was lost, with the cause', () => {
    const cause = new TypeError('terminated')
    const { content, finishReason, error } = messageOf('Hello', { wire, lost: { cause } })
    expect({ content, finishReason }).toEqual({ content: 'Hello', finishReason: 'incomplete' })
    expect(error?.cause).toBe(cause)
  })

  it('loses half a character with its connection', () => {
    const half = encode('aé').slice(0, -1)
    expect(messageFrom(chunksOf([half], { wire, lost: { cause: undefined } })).content).toBe('a')
  })
})

describe('a request', () => {
  it('goes to the base URL itself', () => {
    const target = { baseURL: 'https://api.test/answer', apiKey: 'sk-1' }
    const { url, headers, body } = text.request({ messages: [], model: 'm', headers: { 'x-own': '1' } }, target)
    expect(url).toBe('https://api.test/answer')
    expect(headers).toEqual({ authorization: 'Bearer sk-1', 'x-own': '1' })
    expect(body).toMatchObject({ model: 'm', messages: [] })
  })
})
