import { openaiCompatible, type WireFormat } from '@millrace/core'
import { anthropic, gemini, ollama, openai, openaiResponses } from '@millrace/core/providers'
import { text, uiMessageStream } from '@millrace/core/wire'
import {
  createFakeProvider,
  reply,
  textEncoding,
  think,
  uiMessageStreamEncoding,
  type WireEncoding,
} from '@millrace/testing'
import { expect, it } from 'vitest'
import { createChat } from './create-chat.ts'

const script = reply(think('Let me see.'), 'Xin chào, 世界!')

it.each([
  ['OpenAI', openai],
  ["OpenAI's Responses", openaiResponses],
  ['Anthropic', anthropic],
  ['Gemini', gemini],
  ['Ollama', ollama],
])('streams from %s, at its own address and in its own words', async (_, provider) => {
  const server = createFakeProvider({ script })
  const chat = createChat({ provider, apiKey: 'test-key', model: 'm', fetch: server.fetch })
  expect(await chat.sendMessage('Hello')).toMatchObject({
    content: 'Xin chào, 世界!',
    finishReason: 'stop',
    parts: [{ type: 'reasoning', text: 'Let me see.' }, { type: 'text' }],
    usage: { outputTokens: expect.any(Number) },
  })
  expect(server.requests).toMatchObject([{ prompt: 'Hello' }])
  expect(server.requests[0]?.url.startsWith(provider.baseURL)).toBe(true)
})

const ownRoutes: [string, WireFormat, WireEncoding, string][] = [
  ['a backend made for the AI SDK', uiMessageStream, uiMessageStreamEncoding, 'stop'],
  ['a route that answers with plain text', text, textEncoding, 'unknown'],
]

it.each(ownRoutes)('streams from %s', async (_, wire, encoding, finishReason) => {
  const server = createFakeProvider({ script: reply('Xin chào, 世界!'), encoding })
  const provider = openaiCompatible({ baseURL: 'http://localhost/api/chat' })
  const chat = createChat({ provider, wire, model: 'm', fetch: server.fetch })
  expect(await chat.sendMessage('Hello')).toMatchObject({ content: 'Xin chào, 世界!', finishReason })
})

it('tells a rate limit in the words of each provider, with how long to wait', async () => {
  for (const provider of [openai, anthropic, gemini]) {
    const { fetch } = createFakeProvider({ fault: { name: 'rate-limited', retryAfterSeconds: 90 } })
    const chat = createChat({ provider, apiKey: 'test-key', model: 'm', fetch })
    expect((await chat.sendMessage('Hello')).error).toMatchObject({ code: 'rate-limited', retryAfterMs: 90_000 })
  }
})
