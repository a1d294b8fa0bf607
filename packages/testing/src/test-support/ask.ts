import { type Message, type ReadReplyOptions, readReply } from '@millrace/core'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '../fake-provider.ts'

/** What a client sends to ask for a streamed reply. */
export function chatRequest(
  prompt = 'Hi',
  body: Readonly<Record<string, unknown>> = {},
): RequestInit & { body: string } {
  const messages = [{ role: 'user', content: prompt }]
  const stream = { stream: true, stream_options: { include_usage: true } }
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'test-model', messages, ...stream, ...body }),
  }
}

export const chatPath = '/v1/chat/completions'

/** The response of a provider, made or described, to a prompt. */
export function ask(
  provider: FakeProvider | FakeProviderOptions = {},
  prompt?: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<Response> {
  const { fetch } = 'fetch' in provider ? provider : createFakeProvider(provider)
  return fetch(chatPath, chatRequest(prompt, body))
}

/** The reply in a response, as core reads it. */
export function readMessage(response: Response, options: Partial<ReadReplyOptions> = {}): Promise<Message> {
  return readReply(bodyOf(response), { wire: 'openai-chat', ...options })
}

/** The body, which every response of these tests has. */
export function bodyOf(response: Response): ReadableStream<Uint8Array> {
  if (!response.body) throw new Error('The response has no body.')
  return response.body
}

/** The pieces of a body, as text of one byte a character: comparable, and cut anywhere. */
export async function piecesOf(response: Response): Promise<string[]> {
  const pieces: string[] = []
  for await (const bytes of bodyOf(response)) pieces.push(String.fromCharCode(...bytes))
  return pieces
}
