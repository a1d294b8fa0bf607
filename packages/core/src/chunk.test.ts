import { expect, it } from 'vitest'
import { type Chunk, isToken } from './chunk.ts'
import { ChatError } from './errors.ts'

const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }

const tokens: Chunk[] = [
  { type: 'text-delta', text: 'a' },
  { type: 'reasoning-delta', text: 'a' },
  { type: 'refusal-delta', text: 'a' },
  { type: 'tool-call-start', toolCallId: 'a', toolName: 'look' },
  { type: 'tool-call-delta', toolCallId: 'a', argumentsText: '{' },
  { type: 'tool-call-output', toolCallId: 'a', output: 'Fog' },
  { type: 'source', url: 'https://a.test' },
  { type: 'file', mediaType: 'image/png', data: 'AAAA' },
]

const others: Chunk[] = [
  { type: 'message-start', model: 'm' },
  { type: 'tool-call-end', toolCallId: 'a' },
  { type: 'usage', usage },
  { type: 'error', error: new ChatError('network') },
  { type: 'message-end', finishReason: 'stop' },
]

it.each(tokens)('takes a $type for something the model said', (chunk) => {
  expect(isToken(chunk)).toBe(true)
})

it.each(others)('takes a $type for nothing the model said', (chunk) => {
  expect(isToken(chunk)).toBe(false)
})
