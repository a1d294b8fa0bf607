import { createSseDecoder } from '@millrace/core/sse'
import { describe, expect, it } from 'vitest'
import {
  chatRequest,
  eventStream,
  pieces,
  proxyTo,
  replyText,
  scriptedBody,
  secretKey,
} from '../test-support/scripted-upstream.ts'

const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const done = 'data: [DONE]\n\n'
const usage = 'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}\n\n'
const bodyWith = (options: object) =>
  JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }], ...options })

async function passed(text: string | Uint8Array<ArrayBuffer>, options = {}): Promise<string> {
  const { proxy } = proxyTo(() => eventStream(text), options)
  return replyText(await proxy.fetch(chatRequest()))
}

describe('an event', () => {
  it('has an id of its stream and its place', async () => {
    const { proxy } = proxyTo(() => eventStream(delta('a') + delta('b') + done))
    const response = await proxy.fetch(chatRequest())
    const events = createSseDecoder().push(await response.text())
    const streamId = response.headers.get('x-stream-id')
    expect(events.map(({ id }) => id)).toEqual([`${streamId}:1`, `${streamId}:2`, `${streamId}:3`])
  })

  it('comes with others in one piece where they came so', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = pieces(await proxy.fetch(chatRequest()))
    await received.next()
    body.send(delta('a') + delta('b') + delta('c'))
    expect((await received.next())?.match(/^data:/gm)).toHaveLength(3)
  })

  it('keeps its characters wherever their bytes are cut', async () => {
    const text = delta('Chào 你好 🙂 “é”') + done
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at <= bytes.length; at++) {
      const body = scriptedBody()
      const { proxy } = proxyTo(() => eventStream(body.stream))
      const received = proxy.fetch(chatRequest()).then(replyText)
      for (const part of [bytes.slice(0, at), bytes.slice(at)]) if (part.length > 0) body.sendBytes(part)
      body.close()
      expect(await received).toBe(text)
    }
  })

  it('is not forged by what an upstream writes for ids, names and times', async () => {
    const text = `id: x:99\nevent: ok\nretry: 1\n${delta('a')}event: a\0b\n${delta('b')}${done}`
    expect(await passed(text)).toBe(`event: ok\n${delta('a')}${delta('b')}${done}`)
  })

  it('is framed anew where its lines end in carriage returns', async () => {
    expect(await passed('data: {"a":\rdata: 1}\r\rdata: [DONE]\r\r')).toBe('data: {"a":\ndata: 1}\n\ndata: [DONE]\n\n')
  })

  it('over 4 MB ends the stream, and the request upstream with it', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const text = proxy.fetch(chatRequest()).then(replyText)
    body.send(delta('x'.repeat(4 * 1024 * 1024)))
    expect(await text).toContain('"code":"event-too-large"')
    await body.cancelled
  })

  it('ends the request upstream where a function of one’s own fails, and asks for no other', async () => {
    const body = scriptedBody()
    const onEvent = () => {
      throw new Error('a bug')
    }
    const { proxy, fetch } = proxyTo(() => eventStream(body.stream), { onEvent, retries: 1 })
    const text = proxy.fetch(chatRequest()).then(replyText)
    body.send(delta('a'))
    expect(await text).toContain('"code":"incomplete"')
    await body.cancelled
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('loses the key, and one line of an error that some servers end in becomes one', async () => {
    expect(await passed(`${delta(secretKey)}error: {"message":"${secretKey}"}\n\n`)).toBe(
      `${delta('[redacted]')}data: {"error":{"message":"[redacted]"}}\n\n`,
    )
  })

  it('after [DONE] is none, and nobody waits for the connection to close', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const text = proxy.fetch(chatRequest()).then(replyText)
    body.send(delta('a') + done)
    expect(await text).toBe(delta('a') + done)
  })

  it('that says nothing stays here', async () => {
    expect(await passed(`data:\n\n${delta('a')}data: \n\n${done}`)).toBe(delta('a') + done)
  })

  it('is no end because of an empty reason or an empty error', async () => {
    const text = 'data: {"choices":[{"delta":{"content":"a"},"finish_reason":""}],"error":""}\n\n'
    expect(await passed(text)).toMatch(/^data: .*\n\ndata: \{"error".*"code":"incomplete"/)
  })

  it('may be changed or left out', async () => {
    const onEvent = (event: unknown) => (JSON.stringify(event).includes('no') ? undefined : { seen: event })
    expect(await passed(delta('a') + delta('no') + done, { onEvent })).toBe(
      `data: {"seen":{"choices":[{"delta":{"content":"a"}}]}}\n\n${done}`,
    )
  })
})

describe('the usage of a stream', () => {
  it('is asked for, and not sent on where the client did not', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(delta('a') + usage + done))
    expect(await replyText(await proxy.fetch(chatRequest({ body: bodyWith({}) })))).toBe(delta('a') + done)
    expect((await sent().json()).stream_options).toEqual({ include_usage: true })
  })

  it('is sent on where the client asked for it', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(delta('a') + usage + done))
    const body = bodyWith({ stream_options: { include_usage: true } })
    expect(await replyText(await proxy.fetch(chatRequest({ body })))).toBe(delta('a') + usage + done)
    expect(await sent().text()).toBe(body)
  })

  it('does not hide the error that comes with it', async () => {
    const failed = 'data: {"choices":[],"usage":{"prompt_tokens":1},"error":{"code":502,"message":"Lost"}}\n\n'
    expect(await passed(delta('a') + failed + done)).toBe(delta('a') + failed + done)
  })

  it('is asked for beside other options', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done))
    await (await proxy.fetch(chatRequest({ body: bodyWith({ stream_options: { other: 1 } }) }))).text()
    expect((await sent().json()).stream_options).toEqual({ other: 1, include_usage: true })
  })

  it('is asked for without touching the rest', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done))
    await (await proxy.fetch(chatRequest({ body: '{"stream":true,"seed": 12345678901234567890}' }))).text()
    expect(await sent().text()).toBe(
      '{"stream_options":{"include_usage":true},"stream":true,"seed": 12345678901234567890}',
    )
  })

  it('is not asked for where the server does not know how', async () => {
    const { proxy, sent } = proxyTo(() => eventStream(done), { includeUsage: false })
    await (await proxy.fetch(chatRequest())).text()
    expect(await sent().json()).not.toHaveProperty('stream_options')
  })
})

describe('a stream that begins', () => {
  it('says something at once, though the upstream is silent', async () => {
    const { proxy } = proxyTo(() => eventStream(scriptedBody().stream))
    expect(await pieces(await proxy.fetch(chatRequest())).next()).toBe(': ok\n\n')
  })
})
