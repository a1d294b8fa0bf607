import { execFile, spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { promisify } from 'node:util'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { readReply } from '@millrace/core'
import { callTool, pause, reply, say } from '@millrace/testing'
import { streamText } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tokenAuth } from '../auth/token-auth.ts'
import { type ServedProxy, serveProxy } from '../test-support/serve.ts'

// Real clients over real HTTP, changed in nothing but their base URL, in front of a provider that wants the proxy's key.

const run = promisify(execFile)
const token = 'tk-0123456789abcdef'
const answer = 'Xin chào! Dòng nước chảy qua máng, đều và nhanh 🙂.'
const usage = { inputTokens: 11, outputTokens: 22, totalTokens: 33 }
const messages = [{ role: 'user' as const, content: 'Why?' }]
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

let served: ServedProxy

beforeAll(async () => {
  served = await serveProxy(
    {
      script: ({ prompt }) => {
        if (prompt === 'tool') return { ...reply(callTool('weather', { city: 'Huế' }, 'call_1')), usage }
        if (prompt === 'slow') return reply('One ', pause(60_000), 'two')
        return { ...reply(say(answer.split(/(?<= )/))), usage }
      },
    },
    { authenticate: tokenAuth([token]), log: false },
  )
})
afterAll(() => served.close())

describe('the client of OpenAI', () => {
  const client = () => new OpenAI({ apiKey: token, baseURL: served.baseURL, maxRetries: 0 })

  it('streams, with usage', async () => {
    const stream = client().chat.completions.stream({
      model: 'm',
      messages,
      stream_options: { include_usage: true },
    })
    const { choices, usage: counted } = await stream.finalChatCompletion()
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: answer } })
    expect(counted).toMatchObject({ prompt_tokens: 11, completion_tokens: 22, total_tokens: 33 })
  })

  it('streams without usage where it does not ask for it', async () => {
    const stream = await client().chat.completions.create({ model: 'm', messages, stream: true })
    let text = ''
    for await (const chunk of stream) {
      expect(chunk.usage ?? null).toBeNull()
      expect(chunk.choices).toHaveLength(1)
      text += chunk.choices[0]?.delta.content ?? ''
    }
    expect(text).toBe(answer)
  })

  it('takes its answer whole', async () => {
    const { choices, usage: counted } = await client().chat.completions.create({ model: 'm', messages })
    expect(choices[0]?.message.content).toBe(answer)
    expect(counted?.total_tokens).toBe(33)
  })

  it('is called for a tool', async () => {
    const stream = client().chat.completions.stream({
      model: 'm',
      messages: [{ role: 'user', content: 'tool' }],
      tools: [{ type: 'function', function: { name: 'weather', parameters: {} } }],
    })
    const { choices } = await stream.finalChatCompletion()
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: 'weather', arguments: '{"city":"Huế"}' },
    })
  })

  it('stops, and the provider hears of it', async () => {
    const stream = await client().chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'slow' }],
      stream: true,
    })
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break
    const asked = served.provider.requests.at(-1)
    await asked?.settled
    expect(asked?.cancelled).toBe(true)
  })

  it('lists models', async () => {
    const models = []
    for await (const { id } of client().models.list()) models.push(id)
    expect(models).toEqual(['fake-model'])
  })

  it('is told in its own words that it may not', async () => {
    const stranger = new OpenAI({ apiKey: 'wrong', baseURL: served.baseURL, maxRetries: 0 })
    await expect(stranger.chat.completions.create({ model: 'm', messages })).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    )
  })
})

it('the AI SDK, by its provider for what is compatible with OpenAI', async () => {
  const provider = createOpenAICompatible({
    name: 'millrace',
    baseURL: served.baseURL,
    apiKey: token,
    includeUsage: true,
  })
  const result = streamText({ model: provider('m'), prompt: 'Why?', maxRetries: 0 })
  expect(await result.text).toBe(answer)
  expect(await result.finishReason).toBe('stop')
  expect(await result.usage).toMatchObject(usage)
})

it('our own reader', async () => {
  const response = await fetch(`${served.baseURL}/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'm', messages, stream: true, stream_options: { include_usage: true } }),
  })
  const message = await readReply(response.body as ReadableStream<Uint8Array>, { wire: 'openai-chat' })
  expect(message).toMatchObject({ content: answer, finishReason: 'stop', usage })
})

describe('curl', () => {
  const curl = (...args: string[]) => run('curl', ['-sSN', ...args], { encoding: 'utf8' })

  it('shows the stream', async () => {
    const body = JSON.stringify({ model: 'm', messages, stream: true })
    const { stdout } = await curl(`${served.baseURL}/chat/completions`, ...curlHeaders(), '-d', body)
    expect(textOf(stdout, (event) => event.choices[0]?.delta?.content)).toBe(answer)
    expect(stdout.startsWith(': ok\n\nid: ')).toBe(true)
    expect(stdout.endsWith('data: [DONE]\n\n')).toBe(true)
  })

  it('asks in the plain way', async () => {
    const body = JSON.stringify({ model: 'm', prompt: 'Why?' })
    const { stdout } = await curl(`${served.url}/api/stream-chat`, ...curlHeaders(), '-d', body)
    expect(textOf(stdout, (event) => event.content)).toBe(answer)
  })
})

describe('Python, with requests', () => {
  const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0
  const why = 'python3 with requests is not installed'

  async function python(url: string, body: object, text: string): Promise<string> {
    const program = `
import json, sys, requests
url, token, body = sys.argv[1:4]
answer = requests.post(url, json=json.loads(body), headers={"Authorization": "Bearer " + token}, stream=True, timeout=10)
answer.raise_for_status()
answer.encoding = "utf-8"
text = ""
for line in answer.iter_lines(decode_unicode=True):
    if not line or not line.startswith("data: "):
        continue
    data = line[len("data: "):]
    if data == "[DONE]":
        print(json.dumps(text))
        break
    event = json.loads(data)
    text += (${text}) or ""
`
    const { stdout } = await run('python3', ['-c', program, url, token, JSON.stringify(body)], { encoding: 'utf8' })
    return JSON.parse(stdout)
  }

  it('reads the stream', async ({ skip }) => {
    skip(!hasRequests, why)
    const text = 'event["choices"][0]["delta"].get("content")'
    expect(await python(`${served.baseURL}/chat/completions`, { model: 'm', messages, stream: true }, text)).toBe(
      answer,
    )
  })

  it('asks in the plain way', async ({ skip }) => {
    skip(!hasRequests, why)
    expect(await python(`${served.url}/api/stream-chat`, { model: 'm', prompt: 'Why?' }, 'event.get("content")')).toBe(
      answer,
    )
  })
})

describe('Node, by node:http alone', () => {
  it('gets each piece as it comes, before the next is there', async () => {
    const seen: string[] = []
    const asked = request(`${served.url}/api/stream-chat`, { method: 'POST', headers }, (response) => {
      response.setEncoding('utf8').on('data', (piece: string) => seen.push(piece))
    })
    asked.end(JSON.stringify({ model: 'm', prompt: 'slow' }))
    await vi.waitFor(() => expect(seen.join('')).toContain('"content":"One'))
    expect(seen.join('')).not.toContain('[DONE]')
    asked.on('error', () => {}).destroy()
    const last = served.provider.requests.at(-1)
    await last?.settled
    expect(last?.cancelled).toBe(true)
  })
})

function curlHeaders(): string[] {
  return Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
}

interface AnyEvent {
  readonly content?: string
  readonly choices: readonly { readonly delta?: { readonly content?: string } }[]
}

/** The text of a stream, put together from its lines as any script would. */
function textOf(stream: string, contentOf: (event: AnyEvent) => string | undefined): string {
  const data = [...stream.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']) => contentOf(JSON.parse(json)))
  return data.join('')
}
