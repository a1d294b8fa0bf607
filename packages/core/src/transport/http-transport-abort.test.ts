import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openaiCompatible } from '../providers/openai-compatible.ts'
import { scriptedBody } from '../test-support/bytes.ts'
import { done, finish, say } from '../test-support/openai-chat-events.ts'
import {
  baseURL,
  fails,
  pass,
  scriptedFetch,
  silence,
  startReply,
  streams,
  streamsFrom,
} from '../test-support/scripted-fetch.ts'
import { streamReply } from './http-transport.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const aborted = [{ type: 'message-end', finishReason: 'aborted' }]

describe('an abort', () => {
  it('before the start sends nothing', async () => {
    const { fetch, sent } = scriptedFetch(streams(say('Hi') + finish() + done))
    const reply = startReply(fetch, { signal: AbortSignal.abort() })
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
    expect(sent).toEqual([])
  })

  it('before the headers cancels the request', async () => {
    const { fetch, sent } = scriptedFetch(silence)
    const reply = startReply(fetch)
    await pass()
    reply.abort()
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([true])
  })

  it('ends a request whose fetch does not heed its signal', async () => {
    const reply = startReply(() => new Promise<Response>(() => {}))
    await pass()
    reply.abort()
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
  })

  it('while it waits to try again asks no more', async () => {
    const { fetch, sent } = scriptedFetch(fails(), streams(say('Hi') + finish() + done))
    const reply = startReply(fetch)
    await pass(100)
    reply.abort()
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
    expect(sent).toHaveLength(1)
  })

  it('in the body of a refusal is an abort, not the refusal', async () => {
    const reply = startReply(scriptedFetch(streamsFrom(scriptedBody(), 500)).fetch)
    await pass()
    reply.abort()
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
  })

  it('while it is asked why the request failed is an abort, and waits for no answer', async () => {
    vi.stubGlobal('location', new URL('https://page.test/'))
    const { fetch } = scriptedFetch(fails(), silence)
    const reply = startReply(fetch)
    await pass()
    reply.abort()
    await pass()
    expect(reply.chunks).toEqual(aborted)
  })

  it('in a pending read keeps what was said, and cancels the request', async () => {
    const body = scriptedBody()
    const { fetch, sent } = scriptedFetch(streamsFrom(body))
    const reply = startReply(fetch)
    body.send(say('Hi'))
    await pass()
    reply.abort()
    expect(await reply.finished).toMatchObject({ content: 'Hi', finishReason: 'aborted' })
    expect(await reply.finished).not.toHaveProperty('error')
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([true])
  })

  it('before the first token says nothing but that', async () => {
    const body = scriptedBody()
    const reply = startReply(scriptedFetch(streamsFrom(body)).fetch)
    body.send(': ping\n\n')
    await pass()
    reply.abort()
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
  })

  it('between two chunks that came together holds back the second', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const { fetch } = scriptedFetch(streams(say('a') + say('b') + finish() + done))
    const texts: string[] = []
    for await (const chunk of streamReply(
      { messages: [], model: 'm' },
      { provider: openaiCompatible({ baseURL }), fetch, signal },
    )) {
      if (chunk.type === 'text-delta') {
        texts.push(chunk.text)
        controller.abort()
      } else if (chunk.type === 'message-end') texts.push(chunk.finishReason)
    }
    expect(texts).toEqual(['a', 'aborted'])
  })

  it('after the end changes nothing', async () => {
    const { fetch, sent } = scriptedFetch(streams(say('Hi') + finish() + done))
    const reply = startReply(fetch)
    const message = await reply.finished
    reply.abort()
    await pass(100_000)
    expect(message.finishReason).toBe('stop')
    expect(sent).toHaveLength(1)
  })

  it('counts once, however often it is called', async () => {
    const reply = startReply(scriptedFetch(silence).fetch)
    await pass()
    reply.abort()
    reply.abort()
    await reply.finished
    expect(reply.chunks).toEqual(aborted)
  })

  it('is no reason to ask again', async () => {
    const { fetch, sent } = scriptedFetch(silence)
    const reply = startReply(fetch)
    await pass()
    reply.abort()
    await pass(100_000)
    expect(sent).toHaveLength(1)
  })

  it('leaves nobody listening to its signal', async () => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await startReply(scriptedFetch(streams(say('Hi') + finish() + done)).fetch, { signal }).finished
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length)
  })
})
