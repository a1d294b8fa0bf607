import { expect, it } from 'vitest'
import { ask, bodyOf, readMessage } from '../test-support/ask.ts'
import { callTool, cite, inTurn, raw, refuse, reply, reportUsage, say, think } from './reply.ts'

it('says a string', async () => {
  const message = await readMessage(await ask({ script: 'Hello there' }))
  expect(message).toMatchObject({ content: 'Hello there', finishReason: 'stop', model: 'test-model' })
})

it('says a list one delta each', async () => {
  const deltas: string[] = []
  const onChunk = (chunk: { type: string; text?: string }) =>
    chunk.type === 'text-delta' && deltas.push(chunk.text ?? '')
  await readMessage(await ask({ script: reply(say(['Hel', 'lo'])) }), { onChunk })
  expect(deltas).toEqual(['Hel', 'lo'])
})

it('takes its steps in their order', async () => {
  const script = reply(think('Hm', 'c2ln'), 'See', cite('https://example.com/', 'Example'), refuse('No more'))
  const { parts } = await readMessage(await ask({ script }))
  expect(parts).toMatchObject([
    { type: 'reasoning', text: 'Hm', signature: 'c2ln' },
    { type: 'text', text: 'See' },
    { type: 'source', url: 'https://example.com/', title: 'Example' },
    { type: 'refusal', text: 'No more' },
  ])
})

it('calls tools, and ends with the reason for that', async () => {
  const script = reply(callTool('weather', { city: 'Hà Nội' }), callTool('clock', {}, 'mine'))
  const message = await readMessage(await ask({ script }))
  expect(message.finishReason).toBe('tool-calls')
  expect(message.parts).toMatchObject([
    { toolCallId: 'call_1_1', toolName: 'weather', input: { city: 'Hà Nội' } },
    { toolCallId: 'mine', toolName: 'clock', input: {} },
  ])
})

it('writes arguments as the model would, bad ones too', async () => {
  const { parts } = await readMessage(await ask({ script: reply(callTool('weather', '{"city":')) }))
  expect(parts).toMatchObject([{ argumentsText: '{"city":', state: 'output-error' }])
})

it('writes raw bytes as they are', async () => {
  const response = await ask({ script: reply(raw(': ping\n\n'), 'Hi') })
  expect(await new Response(bodyOf(response)).text()).toContain(': ping\n\n')
})

it('counts usage by its deltas and the length of the request', async () => {
  const script = reply(think('I see.'), 'Hello there')
  const { usage } = await readMessage(await ask({ script }, 'Eight...'))
  expect(usage).toEqual({ inputTokens: 2, outputTokens: 5, totalTokens: 7, reasoningTokens: 3 })
})

it('reports usage only to those who ask', async () => {
  const message = await readMessage(await ask({}, 'Hi', { stream_options: undefined }))
  expect(message.usage).toBeUndefined()
})

it('reports the usage it is given, or none', async () => {
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
  expect((await readMessage(await ask({ script: { ...reply('Hi'), usage } }))).usage).toEqual(usage)
  expect((await readMessage(await ask({ script: { ...reply('Hi'), usage: null } }))).usage).toBeUndefined()
  const reported = { ...reply('Hi', reportUsage(usage)), usage: null }
  expect((await readMessage(await ask({ script: reported }))).usage).toEqual(usage)
})

it('gives each request the next reply, and the last one from then on', async () => {
  const script = inTurn(reply(callTool('clock')), 'It is noon.')
  const texts: string[] = []
  const provider = { script }
  for (let turn = 0; turn < 3; turn++) texts.push((await readMessage(await ask(provider))).content)
  expect(texts).toEqual(['', 'It is noon.', 'It is noon.'])
})
