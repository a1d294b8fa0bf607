import { ChatError, type Chunk, createSseDecoder, openaiChat, readReply } from '@millrace/core'
import { describe, expect, it } from 'vitest'
import { encodeReply } from './encode-reply.ts'
import { openaiChatEncoding } from './openai-chat.ts'

function decode(bytes: Uint8Array, pieceLength = bytes.length): Chunk[] {
  const decoder = openaiChat.createDecoder()
  const chunks: Chunk[] = []
  for (let at = 0; at < bytes.length; at += pieceLength)
    chunks.push(...decoder.push(bytes.subarray(at, at + pieceLength)))
  return [...chunks, ...decoder.end()]
}

const start: Chunk = { type: 'message-start', responseId: 'chatcmpl-1', model: 'test-model' }
const stop: Chunk = { type: 'message-end', finishReason: 'stop' }
const usage: Chunk = {
  type: 'usage',
  usage: { inputTokens: 12, outputTokens: 7, totalTokens: 19, reasoningTokens: 3, cachedInputTokens: 4 },
}

const replies: Readonly<Record<string, readonly Chunk[]>> = {
  text: [start, { type: 'text-delta', text: 'Chào' }, { type: 'text-delta', text: ' bạn\n🚀 "日本語"' }, usage, stop],
  reasoning: [start, { type: 'reasoning-delta', text: 'Hm' }, { type: 'text-delta', text: 'Yes' }, stop],
  'a signature': [start, { type: 'reasoning-delta', text: '', signature: 'c2ln' }, stop],
  'a refusal': [start, { type: 'refusal-delta', text: 'No' }, stop],
  'two tool calls': [
    start,
    { type: 'tool-call-start', toolCallId: 'a', toolName: 'weather' },
    { type: 'tool-call-delta', toolCallId: 'a', argumentsText: '{"city":' },
    { type: 'tool-call-start', toolCallId: 'b', toolName: 'clock' },
    { type: 'tool-call-delta', toolCallId: 'a', argumentsText: '"Hà Nội"}' },
    usage,
    { type: 'tool-call-end', toolCallId: 'a' },
    { type: 'tool-call-end', toolCallId: 'b' },
    { type: 'message-end', finishReason: 'tool-calls' },
  ],
  'a source': [start, { type: 'source', url: 'https://example.com/', title: 'Example' }, stop],
  'a file': [start, { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' }, stop],
  'usage in the middle': [start, usage, { type: 'text-delta', text: 'Hi' }, stop],
  'no start': [{ type: 'text-delta', text: 'Hi' }, stop],
  'the end at the limit': [start, { type: 'message-end', finishReason: 'length' }],
  'the end by the filter': [start, { type: 'message-end', finishReason: 'content-filter' }],
  'the end without a reason': [start, { type: 'message-end', finishReason: 'unknown' }],
}

describe.each(Object.entries(replies))('%s', (_, chunks) => {
  it('is read back as it was written', () => {
    expect(decode(encodeReply(chunks))).toEqual(chunks)
  })

  it('is read back as it was written, byte by byte', () => {
    expect(decode(encodeReply(chunks), 1)).toEqual(chunks)
  })
})

it.each(['reasoning_content', 'reasoning', 'reasoning_details'] as const)(
  'spells reasoning as %s',
  (reasoningField) => {
    const chunks: Chunk[] = [start, { type: 'reasoning-delta', text: 'Hm', signature: 'c2ln' }, stop]
    const bytes = encodeReply(chunks, { reasoningField })
    expect(new TextDecoder().decode(bytes)).toContain(`"delta":{"${reasoningField}":`)
    expect(decode(bytes)).toEqual(chunks)
  },
)

it('reports usage after the finish reason and before the terminator', () => {
  const text = new TextDecoder().decode(encodeReply(replies.text ?? []))
  const data = createSseDecoder()
    .push(text)
    .map((event) => event.data)
  expect(data.at(-3)).toContain('"finish_reason":"stop"')
  expect(data.at(-2)).toContain('"choices":[],"usage"')
  expect(data.at(-1)).toBe('[DONE]')
})

it('keeps the code of an error', () => {
  const error = new ChatError('rate-limited')
  const failed: Chunk[] = [start, { type: 'error', error }, { type: 'message-end', finishReason: 'error' }]
  expect(decode(encodeReply(failed))).toMatchObject([
    start,
    { type: 'error', error: { code: 'rate-limited' } },
    failed[2],
  ])
})

it('writes no terminator for a reply that broke off', () => {
  const chunks: Chunk[] = [
    start,
    { type: 'text-delta', text: 'Hi' },
    { type: 'message-end', finishReason: 'incomplete' },
  ]
  expect(new TextDecoder().decode(encodeReply(chunks))).not.toContain('[DONE]')
  expect(decode(encodeReply(chunks)).at(-1)).toEqual({ type: 'message-end', finishReason: 'incomplete' })
})

it('writes the same reply whole', async () => {
  const chunks = [
    start,
    { type: 'reasoning-delta', text: 'Hm' } as const,
    ...(replies['two tool calls'] ?? []).slice(1),
  ]
  const whole = JSON.stringify(openaiChatEncoding.encodeWhole(chunks))
  const streamed = await readReply(new Blob([encodeReply(chunks)]).stream(), { wire: 'openai-chat' })
  const message = await readReply(new Blob([whole]).stream(), { wire: 'openai-chat' })
  const { parts, usage: counted, finishReason, model } = streamed
  const withoutTime = parts.map((part) => (part.type === 'reasoning' ? expect.objectContaining({ text: 'Hm' }) : part))
  expect(message).toMatchObject({ parts: withoutTime, usage: counted, finishReason, model })
})
