import { type Message, readReply, type ToolCallPart } from '@millrace/core'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDemoProvider } from './demo/demo-provider.ts'
import { type ServedProvider, serveFakeProvider } from './node.ts'

let server: ServedProvider

beforeAll(async () => {
  server = await serveFakeProvider({ provider: createDemoProvider({ pace: {} }) })
})
afterAll(() => server.close())

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
  },
]

/** What OpenAI's own client makes of the answer. */
async function byOpenAI(prompt: string) {
  const client = new OpenAI({ apiKey: 'demo', baseURL: server.baseURL, maxRetries: 0 })
  const stream = client.chat.completions.stream({
    model: 'gpt-4.1',
    messages: [{ role: 'user', content: prompt }],
    tools,
    stream_options: { include_usage: true },
  })
  const { choices, usage } = await stream.finalChatCompletion()
  const message = choices[0]?.message
  return {
    text: message?.content ?? '',
    tools: (message?.tool_calls ?? []).map((call) =>
      call.type === 'function' ? [call.id, call.function.name, call.function.arguments] : [],
    ),
    usage: [usage?.prompt_tokens, usage?.completion_tokens, usage?.total_tokens],
  }
}

/** What ours makes of the same. */
async function byMillrace(prompt: string) {
  const response = await fetch(`${server.baseURL}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer demo' },
    body: JSON.stringify({
      model: 'gpt-4.1',
      messages: [{ role: 'user', content: prompt }],
      tools,
      stream: true,
      stream_options: { include_usage: true },
    }),
  })
  const message: Message = await readReply(response.body as ReadableStream<Uint8Array>, { wire: 'openai-chat' })
  const calls = message.parts.filter((part): part is ToolCallPart => part.type === 'tool-call')
  const { usage } = message
  return {
    text: message.content,
    tools: calls.map((call) => [call.toolCallId, call.toolName, call.argumentsText]),
    usage: [usage?.inputTokens, usage?.outputTokens, usage?.totalTokens],
  }
}

/** Calls are numbered by request, so the same call has another number the next time. */
const unnumbered = <T>(answer: T): T => JSON.parse(JSON.stringify(answer).replace(/call_\d+_/g, 'call_'))

it.each(['help', 'essay', 'code', 'table', 'think', 'tool', 'tiếng Việt', '日本語', '中文', 'anything else'])(
  "is read the same by OpenAI's own client and by ours: %s",
  async (prompt) => {
    const ours = unnumbered(await byMillrace(prompt))
    expect(unnumbered(await byOpenAI(prompt))).toEqual(ours)
    expect(ours.text.length + ours.tools.length).toBeGreaterThan(0)
  },
)
