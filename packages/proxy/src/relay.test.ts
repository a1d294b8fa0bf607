import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  chatRequest,
  eventStream,
  proxyTo,
  replyPieces,
  replyText,
  scriptedBody,
  secretKey,
  silence,
} from './test-support/scripted-upstream.ts'

const delta = 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":null}]}\n\n'
const finish = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
const json = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'application/json' } })

afterEach(() => {
  vi.useRealTimers()
})

describe('a reply that streams', () => {
  it('passes each piece on before the next one is sent', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    body.send(delta)
    expect(await received.next()).toBe(delta)
    body.send(finish)
    expect(await received.next()).toBe(finish)
    body.close()
    expect(await received.next()).toBeUndefined()
  })

  it('is answered with headers that keep caches, compression and buffering away', async () => {
    const { proxy } = proxyTo(() => eventStream(finish))
    const { headers } = await proxy.fetch(chatRequest())
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(headers.get('x-accel-buffering')).toBe('no')
  })

  it('brings no cookie, no encoding and no hop-by-hop header along', async () => {
    const upstream = {
      'set-cookie': 'a=b',
      'content-encoding': 'gzip',
      'keep-alive': '5',
      server: 'x',
      'content-type': 'text/event-stream',
    }
    const { proxy } = proxyTo(() => new Response(finish, { headers: upstream }))
    const { headers } = await proxy.fetch(chatRequest())
    for (const name of ['set-cookie', 'content-encoding', 'keep-alive', 'server']) expect(headers.has(name)).toBe(false)
  })

  it('is not read while the client is not reading', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const reply = await replyPieces(await proxy.fetch(chatRequest()))
    expect(body.pulls()).toBe(0)
    const received = reply.next()
    await vi.waitFor(() => expect(body.pulls()).toBe(1))
    body.send(delta)
    expect(await received).toBe(delta)
    expect(body.pulls()).toBe(1)
  })

  it('cannot give the key away, though it comes in two pieces', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => json(body.stream))
    body.send(`{"echo":"${secretKey.slice(0, 5)}`)
    body.send(`${secretKey.slice(5)}","ok":true}`)
    body.close()
    const response = await proxy.fetch(chatRequest())
    expect(await response.text()).toBe('{"echo":"[redacted]","ok":true}')
  })
})

describe('a client that leaves a reply that is not kept', () => {
  it('ends the request upstream before there are headers', async () => {
    const client = new AbortController()
    const { proxy, sent } = proxyTo(silence(() => client.abort()))
    const response = await proxy.fetch(chatRequest({ signal: client.signal }))
    expect(response.status).toBe(499)
    expect(sent().signal.aborted).toBe(true)
  })

  it('ends it in the middle of a reply', async () => {
    const client = new AbortController()
    const body = scriptedBody()
    const { proxy, sent } = proxyTo(() => eventStream(body.stream), { log: false })
    const received = await replyPieces(await proxy.fetch(chatRequest({ signal: client.signal })))
    body.send(delta)
    await received.next()
    client.abort()
    expect(sent().signal.aborted).toBe(true)
    await body.cancelled
    await expect(received.next()).rejects.toThrow('The client closed the request.')
  })

  it('ends it by cancelling the body', async () => {
    const body = scriptedBody()
    const { proxy, sent } = proxyTo(() => eventStream(body.stream), { log: false })
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    await received.cancel()
    expect(sent().signal.aborted).toBe(true)
    await body.cancelled
  })
})

describe('a reply that is cut off', () => {
  const incomplete =
    /data: \{"error":\{"message":"[^"]+","type":"upstream_error","param":null,"code":"incomplete"\}\}\n\n$/

  it('ends in an error event, without [DONE]', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    body.send(delta)
    expect(await received.next()).toBe(delta)
    body.breakOff()
    expect(await received.next()).toMatch(incomplete)
    expect(await received.next()).toBeUndefined()
  })

  it('loses the half line it broke off in, so that the error event can be read', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    body.send(`${delta}data: {"choi`)
    expect(await received.next()).toBe(delta)
    body.breakOff()
    expect(await received.next()).toMatch(incomplete)
  })

  it('is seen also where the connection closed in good order', async () => {
    const { proxy } = proxyTo(() => eventStream(`${delta}data: {"choices":[{"delta":{"con`))
    const text = await replyText(await proxy.fetch(chatRequest()))
    expect(text).toMatch(incomplete)
    expect(text.startsWith(`${delta}data: {"error"`)).toBe(true)
  })

  it.each([
    ['a finish reason', delta + finish],
    ['[DONE]', `${delta}data: [DONE]\n\n`],
    ['[DONE] without the last line break', `${delta}data: [DONE]`],
    ['an error of the provider', `${delta}data: {"error":{"message":"overloaded"}}\n\n`],
  ])('is not one that ended with %s', async (_ending, text) => {
    const { proxy } = proxyTo(() => eventStream(text))
    expect(await replyText(await proxy.fetch(chatRequest()))).toBe(`${text.trimEnd()}\n\n`)
  })

  it('may be taken for whole where the server never says how it ends', async () => {
    const { proxy } = proxyTo(() => eventStream(delta), { requireFinishReason: false })
    expect(await replyText(await proxy.fetch(chatRequest()))).toBe(delta)
  })

  it.each([200, 204])('is one that is empty, though its status is %d', async (status) => {
    const { proxy } = proxyTo(() => new Response(null, { status }))
    const response = await proxy.fetch(chatRequest({ body: '{"model":"m"}' }))
    expect(response.status).toBe(502)
    expect((await response.json()).error.code).toBe('provider-error')
  })

  it('has the status of a failure where it is no event stream', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => json(body.stream))
    const response = proxy.fetch(chatRequest())
    body.send('{"choices":')
    body.breakOff()
    expect((await response).status).toBe(502)
    expect((await (await response).json()).error.code).toBe('incomplete')
  })
})

describe('an upstream that says nothing', () => {
  it('is given up before its headers', async () => {
    vi.useFakeTimers()
    const { proxy, sent } = proxyTo(silence(), { timeouts: { connectMs: 2000 } })
    const response = proxy.fetch(chatRequest({ body: '{"model":"m"}' }))
    await vi.advanceTimersByTimeAsync(2000)
    expect((await response).status).toBe(504)
    expect((await (await response).json()).error.code).toBe('connect-timeout')
    expect(sent().signal.aborted).toBe(true)
  })

  it('is given up before its headers, and the stream that has begun by then says so', async () => {
    vi.useFakeTimers()
    const { proxy } = proxyTo(silence(), { timeouts: { connectMs: 2000 } })
    const response = proxy.fetch(chatRequest())
    await vi.advanceTimersByTimeAsync(2000)
    expect(await replyText(await response)).toContain('"code":"connect-timeout"')
  })

  it('is given up before its first event', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream), { timeouts: { firstMs: 3000 } })
    const text = replyText(await proxy.fetch(chatRequest()))
    await vi.advanceTimersByTimeAsync(2000)
    body.send(': still thinking\n\n')
    await vi.advanceTimersByTimeAsync(1000)
    expect(await text).toContain('"code":"first-token-timeout"')
  })

  it('is given up where the whole reply takes too long, though it says something now and then', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream), { timeouts: { totalMs: 3000 } })
    const text = replyText(await proxy.fetch(chatRequest()))
    for (let ms = 0; ms < 3000; ms += 500) {
      body.send(delta)
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(await text).toMatch(/took longer than 3 s.*"code":"incomplete"/)
  })

  it('is given up in the middle of a reply', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream), { timeouts: { idleMs: 3000 } })
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    const next = received.next()
    await vi.advanceTimersByTimeAsync(3000)
    expect(await next).toContain('"code":"stalled"')
    await body.cancelled
  })

  it('is waited for however long, where that is wanted', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const ms = Number.POSITIVE_INFINITY
    const timeouts = { bodyMs: ms, connectMs: ms, firstMs: ms, idleMs: ms, totalMs: ms }
    const { proxy } = proxyTo(() => eventStream(body.stream), { timeouts, heartbeatMs: ms })
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    const next = received.next()
    await vi.advanceTimersByTimeAsync(86_400_000)
    body.send(finish)
    expect(await next).toBe(finish)
  })

  it('is not given up because a clock was set', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    vi.setSystemTime(Date.now() + 3_600_000)
    const next = received.next()
    await vi.advanceTimersByTimeAsync(1000)
    body.send(finish)
    expect(await next).toBe(finish)
  })

  it('has all the time of a client that is not reading', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy, sent } = proxyTo(() => eventStream(body.stream), { timeouts: { idleMs: 3000 } })
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent().signal.aborted).toBe(false)
    body.send(finish)
    expect(await received.next()).toBe(finish)
  })
})
