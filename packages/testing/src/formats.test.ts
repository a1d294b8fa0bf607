import { type Chunk, createMessage, type WireFormatName } from '@millrace/core'
import { wireFormat } from '@millrace/core/wire'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutRandomly } from './body/cut.ts'
import { createDemoProvider } from './demo/demo-provider.ts'
import { encodings } from './encoders/formats.ts'
import { type ServedProvider, serveFakeProvider } from './node.ts'
import { chunksOf, toBeats } from './reply/beats.ts'
import { callTool, cite, type Reply, reply, say, think } from './reply/reply.ts'
import { askIn, baseURLIn, formatNames, hello, providerIn } from './test-support/ask-in.ts'
import { accountOf, arrived, expected } from './test-support/travels.ts'

const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 })
const toolInput = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
const steps = fc.array(
  fc.oneof(
    words.map(say),
    toolInput.map((input) => callTool('look_up', input)),
    fc.webUrl().map((url) => cite(url)),
  ),
  { maxLength: 5 },
)
const replies = fc
  .tuple(fc.option(words), steps)
  .map(([thoughts, others]): Reply => reply(...(thoughts ? [think(thoughts)] : []), ...others))

/** What the reply says, but for what depends on the request. */
function heard(name: WireFormatName, chunks: readonly Chunk[]) {
  const { answerer: _answerer, usage: _usage, ...account } = arrived(name, chunks)
  return account
}

function scripted(name: WireFormatName, script: Reply, number: number) {
  const chunks = chunksOf(toBeats(script, { number, responseId: '', model: '', inputTokens: 0, includeUsage: false }))
  const { answerer: _answerer, usage: _usage, ...account } = expected(name, chunks)
  return account
}

describe.each(formatNames)('%s', (name) => {
  let script = reply()
  let seed = 0
  const provider = providerIn(name, {
    script: () => script,
    cut: (bytes, offset) => cutRandomly(seed, 9)(bytes, offset),
  })
  let server: ServedProvider
  beforeAll(async () => {
    server = await serveFakeProvider({ provider })
  })
  afterAll(() => server.close())

  it.each([
    ['through fetch', 30, () => askIn(name, provider)],
    ['over HTTP', 12, () => askIn(name, { fetch: globalThis.fetch }, { baseURL: baseURLIn(name, server.url) })],
  ] as const)('says what the script says, cut anywhere, %s', async (_, numRuns, ask) => {
    await fc.assert(
      fc.asyncProperty(replies, fc.nat(), async (next, nextSeed) => {
        script = next
        seed = nextSeed
        expect(heard(name, await ask())).toEqual(scripted(name, next, provider.requests.length))
      }),
      { seed: 20261122, numRuns },
    )
  })
})

const everyFormat = it.each(formatNames)

everyFormat('%s: reads what it is asked', async (name) => {
  const provider = providerIn(name)
  const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'clock', argumentsText: '{}', input: {} } as const
  const messages = [
    createMessage({ role: 'user', content: 'What time is it?' }),
    createMessage({
      role: 'assistant',
      content: 'Let me look.',
      parts: [{ ...call, state: 'output-available', output: { hour: 12 } }],
    }),
    createMessage({ role: 'user', content: 'And now?' }),
  ]
  const tools = [{ name: 'clock', parameters: { type: 'object', properties: {} } }]
  await askIn(name, provider, { request: { model: 'fast', system: 'Be brief.', messages, tools } })
  const { model, prompt, messages: read, tools: offered, attempt } = provider.requests[0] ?? {}
  expect({ model, prompt, offered, attempt }).toEqual({ model: 'fast', prompt: 'And now?', offered: tools, attempt: 1 })
  expect(read).toEqual([
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'What time is it?' },
    { role: 'assistant', text: 'Let me look.' },
    { role: 'tool', text: '{"hour":12}' },
    { role: 'user', text: 'And now?' },
  ])
})

everyFormat('%s: looks for the key where the format puts it', async (name) => {
  const provider = providerIn(name, { apiKey: 'sk-right' })
  const codeWith = async (apiKey?: string) => {
    const failure = (await askIn(name, provider, { apiKey })).find((chunk) => chunk.type === 'error')
    return failure?.error.code
  }
  expect([await codeWith('sk-right'), await codeWith('sk-wrong'), await codeWith()]).toEqual([
    undefined,
    'unauthorized',
    'unauthorized',
  ])
})

everyFormat('%s: counts', async (name) => {
  const usage = { inputTokens: 7, outputTokens: 3, totalTokens: 10 }
  const chunks = await askIn(name, providerIn(name, { script: { ...reply('Hello'), usage } }))
  expect(accountOf(chunks).usage).toEqual(name === 'text' ? undefined : usage)
})

everyFormat('%s: names who answers', async (name) => {
  const { answerer } = accountOf(await askIn(name, providerIn(name)))
  const { idPrefix, model = 'fake-model' } = answerers[name]
  expect(answerer).toEqual({ responseId: idPrefix && `${idPrefix}1`, model: model ?? undefined })
})

const answerers: Readonly<Record<WireFormatName, { readonly idPrefix?: string; readonly model?: null }>> = {
  'openai-chat': { idPrefix: 'chatcmpl-' },
  'openai-responses': { idPrefix: 'resp_' },
  anthropic: { idPrefix: 'msg_' },
  gemini: { idPrefix: 'gemini-' },
  ollama: {},
  'ui-message-stream': { idPrefix: 'msg-' },
  text: { model: null },
}

// The others are asked with a body that says `stream: false`.
const wholePaths: Readonly<Partial<Record<WireFormatName, string>>> = {
  gemini: '/v1beta/models/fake-model:generateContent',
}

it.each(formatNames.filter((name) => name !== 'ui-message-stream'))(
  '%s: answers whole where no stream is asked for',
  async (name) => {
    const script = reply(think('Hm.'), 'One, two.', callTool('look_up', { city: 'Huế' }), cite('https://example.com/'))
    const provider = providerIn(name, { script })
    const streamed = await askIn(name, provider)
    const { url, headers, body } = wireFormat(name).request(hello, { baseURL: baseURLIn(name) })
    const response = await provider.fetch(wholePaths[name] ?? url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...body, stream: false }),
    })
    const decoder = wireFormat(name).createDecoder()
    const whole = [...decoder.push(new Uint8Array(await response.arrayBuffer())), ...decoder.end()]
    expect(withoutNumbers(heard(name, whole))).toEqual(withoutNumbers(heard(name, streamed)))
  },
)

/** Calls are numbered by the request. */
function withoutNumbers(account: ReturnType<typeof heard>) {
  return { ...account, calls: account.calls.map((call) => ({ ...call, id: '' })) }
}

it.each(formatNames.filter((name) => name !== 'text'))('%s: shows the demo', async (name) => {
  const isOwnRoute = name === 'ui-message-stream'
  const provider = createDemoProvider({ pace: {}, ...(isOwnRoute && { encoding: encodings[name] }) })
  const ask = async (content: string) => {
    const tools = [{ name: 'forecast', parameters: { type: 'object', properties: { city: { type: 'string' } } } }]
    const messages = [createMessage({ role: 'user', content })]
    return accountOf(await askIn(name, provider, { request: { messages, tools } }))
  }
  expect((await ask('help')).said).toContain('`error-event`')
  expect((await ask('use a tool')).calls).toMatchObject([{ name: 'forecast', argumentsText: '{"city":"Hà Nội"}' }])
  expect((await ask('fault close-early')).finishReason).toBe('incomplete')
})

it('gemini: answers a list where a stream is asked for without `alt=sse`', async () => {
  const response = await providerIn('gemini').fetch('/v1beta/models/fake-model:streamGenerateContent', {
    method: 'POST',
    body: '{}',
  })
  expect(await response.json()).toMatchObject([{ candidates: [{ finishReason: 'STOP' }] }])
})

it('speaks the one format it is set to at any path', async () => {
  const provider = providerIn('ui-message-stream')
  const response = await provider.fetch('/v1/chat/completions', { method: 'POST', body: '{}' })
  expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
  expect(await response.text()).toContain('data: {"type":"start","messageId":"msg-1"')
})

it('spells the model of a path', async () => {
  const provider = providerIn('gemini')
  await askIn('gemini', provider, { request: { model: 'tunedModels/my model' } })
  expect(provider.requests[0]?.model).toBe('my model')
})

it('writes events as the encoding it is given, in the words of its format', async () => {
  const encoding = { ...encodings.anthropic, contentType: 'text/event-stream; charset=latin1' }
  const provider = providerIn('anthropic', { encoding })
  const init = { method: 'POST', body: '{"stream":true}' }
  expect((await provider.fetch('/anywhere', init)).headers.get('content-type')).toBe(encoding.contentType)
})
