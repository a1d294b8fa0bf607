import { describe, expect, it } from 'vitest'
import { eventStream, proxyTo, replyText } from '../test-support/scripted-upstream.ts'

const ask = (body: unknown) =>
  new Request('http://localhost/api/stream-chat', { method: 'POST', body: JSON.stringify(body) })
const delta = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\n`
const reply = delta({ role: 'assistant' }) + delta({ content: 'Xin ' }) + delta({ content: 'chào' }) + delta({}, 'stop')

describe('POST /api/stream-chat', () => {
  it('answers a prompt with its text alone, and [DONE]', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(`${reply}data: [DONE]\n\n`))
    const text = await replyText(await proxy.fetch(ask({ prompt: 'Hi', model: 'gpt-4.1' })))
    expect(text).toBe('data: {"content":"Xin "}\n\ndata: {"content":"chào"}\n\ndata: [DONE]\n\n')
    expect(await sent().json()).toMatchObject({
      model: 'gpt-4.1',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    })
  })

  it('says [DONE] also where the upstream forgets to', async () => {
    const { proxy } = proxyTo(() => eventStream(reply))
    expect(await replyText(await proxy.fetch(ask({ prompt: 'Hi' })))).toMatch(/data: \[DONE\]\n\n$/)
  })

  it('never says [DONE] of a reply that broke off', async () => {
    const { proxy } = proxyTo(() => eventStream(delta({ content: 'Xin ' })))
    const text = await replyText(await proxy.fetch(ask({ prompt: 'Hi' })))
    expect(text).toMatch(/^data: \{"content":"Xin "\}\n\ndata: \{"error":\{.*"code":"incomplete"\}\}\n\n$/)
  })

  it('tells an error of the upstream', async () => {
    const { proxy } = proxyTo(() => eventStream('data: {"error":{"message":"overloaded"}}\n\n'))
    expect(await replyText(await proxy.fetch(ask({ prompt: 'Hi' })))).toBe(
      'data: {"error":{"message":"overloaded"}}\n\n',
    )
  })

  it('takes messages in place of a prompt, and the model of the server where none is named', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(reply), { defaultModel: 'gpt-4.1-mini' })
    await replyText(await proxy.fetch(ask({ messages: [{ role: 'user', content: 'Hi' }] })))
    expect(await sent().json()).toMatchObject({ model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'Hi' }] })
  })

  it.each([{}, { prompt: '' }, { prompt: 7 }, { messages: 'Hi' }])('refuses %j', async (body) => {
    const { proxy, fetch } = proxyTo(() => eventStream(reply))
    expect((await proxy.fetch(ask(body))).status).toBe(400)
    expect(fetch).not.toHaveBeenCalled()
  })
})
