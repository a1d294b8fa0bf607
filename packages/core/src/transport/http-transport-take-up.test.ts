import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { scriptedBody } from '../test-support/bytes.ts'
import {
  begin,
  cut,
  headerOf,
  numbered,
  outcome,
  rest,
  stalling,
  start,
  streamURL,
  whole,
} from '../test-support/kept-streams.ts'
import { done, finish, say } from '../test-support/openai-chat-events.ts'
import { type Answer, baseURL, fails, pass, scriptedFetch, secretKey, streams } from '../test-support/scripted-fetch.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a stop', () => {
  const accepted: Answer = () => Response.json({})

  async function stopped(answers: readonly Answer[], reason?: unknown) {
    const controller = new AbortController()
    const scripted = scriptedFetch(...answers)
    const reply = start(scripted, { signal: controller.signal })
    await pass(100)
    controller.abort(reason)
    expect(await reply.finished).toMatchObject({ finishReason: 'aborted' })
    return scripted.sent.map(({ init, url }) => [init.method ?? 'GET', url])
  }

  it('is told to the server', async () => {
    expect((await stopped([stalling, accepted])).slice(1)).toEqual([['POST', `${streamURL}/cancel`]])
  })

  it('is told with the key, and its failure to nobody', async () => {
    const scripted = scriptedFetch(stalling, fails())
    const reply = start(scripted)
    await pass()
    reply.abort()
    expect(await reply.finished).toMatchObject({ content: 'One, two, ', finishReason: 'aborted' })
    expect(headerOf(scripted.sent[1]?.init, 'authorization')).toBe(`Bearer ${secretKey}`)
  })

  it('while a connection is made again is told as well', async () => {
    expect((await stopped([begin, accepted])).slice(1)).toEqual([['POST', `${streamURL}/cancel`]])
  })

  it('that is a leaving lets the stream go on', async () => {
    expect(await stopped([stalling, accepted], 'disconnect')).toHaveLength(1)
  })

  it('of a stream that is not kept is told to nobody', async () => {
    const plain: Answer = (request) => {
      const body = scriptedBody()
      body.send(say('Hi'))
      request.signal.addEventListener('abort', () => body.breakOff(request.signal.reason))
      return new Response(body.stream)
    }
    expect(await stopped([plain, accepted])).toHaveLength(1)
  })

  it('after the end is told to nobody', async () => {
    const scripted = scriptedFetch(begin, rest)
    const reply = start(scripted)
    await vi.runAllTimersAsync()
    await reply.finished
    reply.abort()
    await pass()
    expect(scripted.sent).toHaveLength(2)
  })
})

describe('a reply that is taken up by a page that comes back', () => {
  const again = streams(numbered(1, say('One, '), say('two, '), say('three.'), finish(), done))

  it('can be had from its start by what was told of it', async () => {
    const { progress } = await outcome([begin, rest])
    const resumeFrom = progress.map((news) => news.resumeFrom).find(Boolean)
    const { message, sent } = await outcome([again], { resumeFrom })
    expect(message).toMatchObject(whole)
    expect(sent.map(({ url, init }) => [init.method ?? 'GET', url, headerOf(init, 'last-event-id')])).toEqual([
      ['GET', streamURL, 's1:0'],
    ])
  })

  it('is told of once, however often its connection is made again', async () => {
    const { progress, sent } = await outcome([begin, cut(numbered(3, say('three.'))), rest])
    expect(sent).toHaveLength(3)
    expect(progress.flatMap(({ resumeFrom }) => resumeFrom ?? [])).toEqual(['s1:0'])
  })

  it('goes on after an event, and nothing before it is said', async () => {
    const { message } = await outcome([again], { resumeFrom: 's1:2' })
    expect(message).toMatchObject({ content: 'three.', finishReason: 'stop' })
  })

  it('is taken up again where its connection is lost', async () => {
    const { message, sent } = await outcome([begin, rest], { resumeFrom: 's1:0' })
    expect(message).toMatchObject(whole)
    expect(sent.map(({ url }) => url)).toEqual([streamURL, streamURL])
  })

  it.each([404, 204])('is incomplete where it is gone: %s', async (status) => {
    const { message, sent } = await outcome([() => new Response(null, { status })], { resumeFrom: 's1:0' })
    expect(message).toMatchObject({ parts: [], finishReason: 'incomplete', error: { code: 'incomplete' } })
    expect(sent).toHaveLength(1)
  })

  it('is never asked anew', async () => {
    const { sent } = await outcome([fails()], { resumeFrom: 's1:0' })
    expect(sent.every(({ init }) => init.method === undefined)).toBe(true)
  })

  it('may have an id of any letters', async () => {
    const { sent } = await outcome([again], { resumeFrom: 'a/../b?c:0' })
    expect(sent[0]?.url).toBe(`${baseURL}/streams/a%2F..%2Fb%3Fc`)
  })
})
