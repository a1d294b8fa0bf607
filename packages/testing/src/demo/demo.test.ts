import { continueText, holysheep, type Message } from '@millrace/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { faultNames } from '../faults/fault.ts'
import { ask, bodyOf, readMessage } from '../test-support/ask.ts'
import { faultInPrompt } from './demo-fault.ts'
import { createDemoProvider } from './demo-provider.ts'
import { languageOf } from './language.ts'

afterEach(() => {
  vi.useRealTimers()
})

const answer = async (prompt: string, body?: Readonly<Record<string, unknown>>): Promise<Message> =>
  readMessage(await ask(createDemoProvider({ pace: {} }), prompt, body))

describe.each(['help', '?', 'What can you do?', 'trợ giúp'])('%s', (prompt) => {
  it('lists every fault, and says that there is no model', async () => {
    const { content } = await answer(prompt)
    for (const name of faultNames) expect(content).toContain(`\`${name}\``)
    expect(content).toMatch(/no language model|không có mô hình/)
  })
})

it.each(['help', 'trợ giúp', 'Who won?'])('names a key with whose provider it is good, to %s', async (prompt) => {
  const { content } = await answer(prompt)
  expect(content).toContain('`OPENAI_API_KEY`')
  expect(content).not.toContain('MILLRACE_API_KEY')
})

it.each([
  ['Write an essay about rivers', '# How an answer reaches your screen'],
  ['markdown, please', '# How an answer reaches your screen'],
  ['Viết một bài viết dài', '# Một câu trả lời đến màn hình'],
  ['show me some code', '```python'],
  ['mã nguồn', 'thư viện chuẩn'],
  ['a table', '| **GPT-4.1** |'],
  ['cho tôi xem bảng giá', 'Giá tính bằng đô la Mỹ'],
  ['a formula', String.raw`\frac{n}{r}`],
  ['cho tôi xem công thức', 'token mỗi giây'],
  ['tiếng Việt', '## Tiếng Việt'],
  ['Say something in Vietnamese', '## Tiếng Việt'],
  ['日本語で書いて', '## 日本語'],
  ['用中文回答', '## 中文'],
])('answers %j', async (prompt, expected) => {
  expect((await answer(prompt)).content).toContain(expected)
})

it('thinks before it answers', async () => {
  const { parts } = await answer('think about it')
  expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text'])
})

it('names its sources', async () => {
  expect((await answer('cite your sources')).parts.filter(({ type }) => type === 'source')).toHaveLength(3)
})

it('refuses when asked to', async () => {
  expect((await answer('refuse')).parts).toMatchObject([{ type: 'refusal' }])
})

it('calls a tool of its own where the request has none', async () => {
  const { parts } = await answer('use a tool')
  expect(parts[1]).toMatchObject({ toolName: 'get_weather', input: { city: 'Hà Nội', unit: 'celsius' } })
})

it('calls a tool of the request, with arguments that fit', async () => {
  const parameters = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', default: 3 } } }
  const tools = [{ type: 'function', function: { name: 'forecast', parameters } }]
  const { parts } = await answer('use a tool', { tools })
  expect(parts[1]).toMatchObject({ toolName: 'forecast', input: { city: 'Hà Nội', days: 3 } })
})

it('answers what the tool returned', async () => {
  const messages = [
    { role: 'user', content: 'use a tool' },
    { role: 'assistant', content: null, tool_calls: [] },
    { role: 'tool', tool_call_id: 'call_1_1', content: '{"celsius":31}' },
  ]
  const { content, finishReason } = await answer('', { messages })
  expect(content).toContain('{"celsius":31}')
  expect(finishReason).toBe('stop')
})

it('says that it is a demo, and what it was asked', async () => {
  const { content } = await answer('Who won the *match*?')
  expect(content).toContain('“Who won the match?”')
  expect(content).toContain('no language model behind it')
  expect(content).toContain('`help`')
})

it('says so in Vietnamese where it is asked in Vietnamese', async () => {
  expect((await answer('Ai thắng trận đấu?')).content).toContain('phía sau không có mô hình ngôn ngữ nào')
})

it.each([
  ['cut', 'cut'],
  ['Stall before first token', 'stall-before-first-token'],
  ['fault stall', 'stall'],
  ['Error 429', 'rate-limited'],
  ['429', 'rate-limited'],
  ['lỗi 503', 'overloaded'],
  ['Please show me the error no-done, thanks', undefined],
  ['show me the error event', undefined],
  ['Please show error-event', undefined],
  ['please: fault no-done now', 'no-done'],
  ['cut this text for me', undefined],
  ['What does error handling mean?', undefined],
])('reads the fault in %j', (prompt, expected) => {
  expect(faultInPrompt(prompt)).toBe(expected)
})

it.each(faultNames)('knows the fault %s by its name', (name) => {
  expect(faultInPrompt(name)).toBe(name)
  expect(faultInPrompt(`Fault ${name}!`)).toBe(name)
})

it('breaks off where the fault says so, and goes on without a gap or repetition', async () => {
  const broken = await answer('cut')
  expect(broken.finishReason).toBe('incomplete')
  const messages = [
    { role: 'user', content: 'cut' },
    { role: 'assistant', content: broken.content },
  ]
  const rest = await answer('', { messages })
  expect(rest.finishReason).toBe('stop')
  expect(broken.content + rest.content).toBe(
    (await answer('no-done')).content.replace(/`no-done`: [^.]*/, '`cut`: the connection breaks in the middle'),
  )
})

it('goes on as well where it is asked to in words, as most providers are', async () => {
  const broken = await answer('cut')
  const messages = [
    { role: 'user', content: 'cut' },
    { role: 'assistant', content: broken.content },
    { role: 'user', content: continueText },
  ]
  const rest = await answer('', { messages })
  expect(rest.finishReason).toBe('stop')
  expect(broken.content + rest.content).toContain('nine and ten are all here, each of them once.')
})

it('goes on after the limit was reached', async () => {
  const short = await answer('length')
  const rest = await answer('', {
    messages: [
      { role: 'user', content: 'length' },
      { role: 'assistant', content: short.content },
    ],
  })
  expect([short.finishReason, rest.finishReason]).toEqual(['length', 'stop'])
  expect(short.content + rest.content).toBe((await answer('essay')).content)
})

it('fails every other attempt when it is flaky', async () => {
  const provider = createDemoProvider({ pace: {} })
  const statuses = [await ask(provider, 'flaky'), await ask(provider, 'flaky'), await ask(provider, 'flaky')]
  expect(statuses.map(({ status }) => status)).toEqual([503, 200, 503])
})

it('lists the models of holysheep', async () => {
  const response = await createDemoProvider().fetch('/v1/models')
  const { data } = (await response.json()) as { data: { id: string }[] } // the test is about exactly this shape
  expect(data.map(({ id }) => id)).toEqual(holysheep.models.map(({ id }) => id))
})

it('comes at the pace of a model', async () => {
  vi.useFakeTimers()
  const startedAt = Date.now()
  const reading = readMessage(await ask(createDemoProvider(), 'essay'))
  await vi.runAllTimersAsync()
  const { timing, usage } = await reading
  const { firstTokenAt = 0, lastTokenAt = 0 } = timing ?? {}
  expect(firstTokenAt - startedAt).toBeGreaterThan(240)
  expect(firstTokenAt - startedAt).toBeLessThan(480)
  const tokensPerSecond = ((usage?.outputTokens ?? 0) / (lastTokenAt - firstTokenAt)) * 1000
  expect(Math.abs(tokensPerSecond - 80)).toBeLessThan(4)
})

it('stops when the client leaves', async () => {
  const provider = createDemoProvider()
  await bodyOf(await ask(provider, 'essay')).cancel()
  expect(provider.requests[0]?.cancelled).toBe(true)
})

it.each([
  ['Xin chào', 'vi'],
  ['tôi cần giúp'.normalize('NFD'), 'vi'],
  ['Café à la crème, s’il vous plaît', 'en'],
  ['Hello', 'en'],
  ['', 'en'],
])('takes %j for %s', (prompt, language) => {
  expect(languageOf(prompt)).toBe(language)
})
