import { describe, expect, it } from 'vitest'
import { createEventStreamGuard } from './event-stream-guard.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (pieces: readonly Uint8Array[]) => pieces.map((piece) => new TextDecoder().decode(piece)).join('')

const stream =
  'data: {"choices":[{"delta":{"content":"Chào"}}]}\r\n\r\ndata: {"choices":[{"finish_reason":"stop"}]}\n\n'

describe('a guard on an event stream', () => {
  it('lets everything through and sees its ending, wherever the bytes are cut', () => {
    const bytes = encode(stream)
    for (let at = 0; at <= bytes.length; at++) {
      const guard = createEventStreamGuard()
      const passed = [guard.push(bytes.subarray(0, at)), guard.push(bytes.subarray(at)), guard.end()]
      expect(decode(passed.map((piece) => piece.slice()))).toBe(decode([bytes]))
      expect(guard.hasEnding).toBe(true)
    }
  })

  it('is not taken in by an answer that talks of finish reasons', () => {
    const guard = createEventStreamGuard()
    const content = JSON.stringify({
      delta: { content: '"finish_reason":"stop", "error":{}, data: [DONE]\ndata: [DONE]' },
    })
    guard.push(encode(`data: ${content}\n\n`))
    expect(guard.hasEnding).toBe(false)
  })

  it('does not take null for a finish reason', () => {
    const guard = createEventStreamGuard()
    guard.push(encode('data: {"choices":[{"finish_reason":null}]}\n\n'))
    expect(guard.hasEnding).toBe(false)
  })

  it('passes a long line on in pieces, sees its end, and knows that it is inside of it', () => {
    const guard = createEventStreamGuard()
    const line = `data: {"image":"${'A'.repeat(20_000)}","finish_reason":"stop"}`
    const passed: Uint8Array[] = [...line].map((character) => guard.push(encode(character)).slice())
    expect(guard.isInsideLine).toBe(true)
    expect(guard.hasEnding).toBe(true)
    passed.push(guard.push(encode('\n\n')))
    expect(guard.isInsideLine).toBe(false)
    expect(decode(passed)).toBe(`${line}\n\n`)
  })
})
