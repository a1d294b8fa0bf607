import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  chatRequest,
  eventStream,
  pieces,
  proxyTo,
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
    const received = pieces(await proxy.fetch(chatRequest()))
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
    const response = await proxy.fetch(chatRequest())
    expect(body.pulls()).toBe(0)
    const received = pieces(response).next()
    expect(body.pulls()).toBe(1)
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
    expect(await response.text()).toBe(`{"echo":"${'*'.repeat(secretKey.length)}","ok":true}`)
  })
})

describe('a client that leaves', () => {
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
    const { proxy, sent } = proxyTo(() => eventStream(body.stream))
    const received = pieces(await proxy.fetch(chatRequest({ signal: client.signal })))
    body.send(delta)
    await received.next()
    client.abort()
    expect(sent().signal.aborted).toBe(true)
    await body.cancelled
    await expect(received.next()).rejects.toThrow('The client closed the request.')
  })

  it('ends it by cancelling the body', async () => {
    const body = scriptedBody()
    const { proxy, sent } = proxyTo(() => eventStream(body.stream))
    const received = pieces(await proxy.fetch(chatRequest()))
    await received.cancel()
    expect(sent().signal.aborted).toBe(true)
    await body.cancelled
  })
})

describe('a reply that is cut off', () => {
  const incomplete =
    /\n\ndata: \{"error":\{"message":"[^"]+","type":"upstream_error","param":null,"code":"incomplete"\}\}\n\n$/

  it('ends in an error event, without [DONE]', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = pieces(await proxy.fetch(chatRequest()))
    body.send(delta)
    expect(await received.next()).toBe(delta)
    body.breakOff()
    expect(await received.next()).toMatch(incomplete)
    expect(await received.next()).toBeUndefined()
  })

  it('loses the half line it broke off in, so that the error event can be read', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream))
    const received = pieces(await proxy.fetch(chatRequest()))
    body.send(`${delta}data: {"choi`)
    expect(await received.next()).toBe(delta)
    body.breakOff()
    expect(await received.next()).toMatch(incomplete)
  })

  it('is seen also where the connection closed in good order', async () => {
    const { proxy } = proxyTo(() => eventStream(`${delta}data: {"choices":[{"delta":{"con`))
    const text = await (await proxy.fetch(chatRequest())).text()
    expect(text).toMatch(incomplete)
    expect(text.startsWith(`${delta}\n\ndata: {"error"`)).toBe(true)
  })

  it.each([
    ['a finish reason', delta + finish],
    ['[DONE]', `${delta}data: [DONE]\n\n`],
    ['[DONE] without the last line break', `${delta}data: [DONE]`],
    ['an error of the provider', `${delta}data: {"error":{"message":"overloaded"}}\n\n`],
  ])('is not one that ended with %s', async (_ending, text) => {
    const { proxy } = proxyTo(() => eventStream(text))
    expect(await (await proxy.fetch(chatRequest())).text()).toBe(text)
  })

  it('may be taken for whole where the server never says how it ends', async () => {
    const { proxy } = proxyTo(() => eventStream(delta), { requireFinishReason: false })
    expect(await (await proxy.fetch(chatRequest())).text()).toBe(delta)
  })

  it('fails the body where it is no event stream', async () => {
    const body = scriptedBody()
    const { proxy } = proxyTo(() => json(body.stream))
    const received = pieces(await proxy.fetch(chatRequest()))
    body.send('{"choices":')
    expect(await received.next()).toBe('{"choices":')
    body.breakOff()
    await expect(received.next()).rejects.toThrow('closed before the reply was finished')
  })
})

describe('an upstream that says nothing', () => {
  it('is given up before its headers', async () => {
    vi.useFakeTimers()
    const { proxy, sent } = proxyTo(silence(), { timeouts: { connectMs: 2000 } })
    const response = proxy.fetch(chatRequest())
    await vi.advanceTimersByTimeAsync(2000)
    expect((await response).status).toBe(504)
    expect((await (await response).json()).error.code).toBe('connect-timeout')
    expect(sent().signal.aborted).toBe(true)
  })

  it('is given up in the middle of a reply', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy } = proxyTo(() => eventStream(body.stream), { timeouts: { idleMs: 3000 } })
    const received = pieces(await proxy.fetch(chatRequest()))
    const next = received.next()
    await vi.advanceTimersByTimeAsync(3000)
    expect(await next).toContain('"code":"stalled"')
    await body.cancelled
  })

  it('has all the time of a client that is not reading', async () => {
    vi.useFakeTimers()
    const body = scriptedBody()
    const { proxy, sent } = proxyTo(() => eventStream(body.stream), { timeouts: { idleMs: 3000 } })
    const received = pieces(await proxy.fetch(chatRequest()))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent().signal.aborted).toBe(false)
    body.send(finish)
    expect(await received.next()).toBe(finish)
  })
})
