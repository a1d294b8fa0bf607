import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
import { done, event, finish, say, toolCalls } from '../test-support/openai-chat-events.ts'
import {
  type Answer,
  baseURL,
  fails,
  pass,
  refuses,
  scriptedFetch,
  secretKey,
  silence,
  streams,
} from '../test-support/scripted-fetch.ts'
import { resumable } from './resumable.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const nothingMore: Answer = () => new Response(null, { status: 204 })
/** There it has a body all the same. */
const nothingMoreInChromium: Answer = () =>
  Object.defineProperty(new Response(null, { status: 204 }), 'body', { value: new Response('').body })

describe('a lost connection', () => {
  it('is taken up again after the last event', async () => {
    const { message, sent } = await outcome([begin, rest])
    expect(message).toMatchObject(whole)
    expect(sent.map(({ url, init }) => [init.method ?? 'GET', url, headerOf(init, 'last-event-id')])).toEqual([
      ['POST', `${baseURL}/chat/completions`, null],
      ['GET', streamURL, 's1:2'],
    ])
  })

  it('is taken up with the headers of the request', async () => {
    const { sent } = await outcome([begin, rest], { headers: { 'x-own': '1' } })
    const { init } = sent[1] ?? {}
    expect(new Headers(init?.headers).get('authorization')).toBe(`Bearer ${secretKey}`)
    expect(new Headers(init?.headers).get('x-own')).toBe('1')
    expect(init?.body).toBeUndefined()
  })

  it('is taken up where the body just closed', async () => {
    const { message } = await outcome([cut(numbered(1, say('One, '), say('two, ')), { closes: true }), rest])
    expect(message).toMatchObject(whole)
  })

  it('loses half an event that had come, which comes whole with the next', async () => {
    const { message } = await outcome([cut(`${numbered(1, say('One, '), say('two, '))}id: s1:3\ndata: {"choi`), rest])
    expect(message).toMatchObject(whole)
  })

  it('loses half a character that had come', async () => {
    const bytes = new TextEncoder().encode(numbered(1, say('One, '), say('hai, ế')))
    const half: Answer = () => {
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          controller.enqueue(
            bytes.slice(
              0,
              bytes.findLastIndex((byte) => byte > 127),
            ),
          )
          setTimeout(() => controller.error(new TypeError('terminated')), 10)
        },
      })
      return new Response(body, { headers: { 'x-stream-id': 's1' } })
    }
    const next = cut(numbered(2, say('hai, ế')))
    const { message, sent } = await outcome([half, next, streams(numbered(3, finish(), done))])
    expect(message).toMatchObject({ content: 'One, hai, ế', finishReason: 'stop' })
    expect(headerOf(sent[2]?.init, 'last-event-id')).toBe('s1:2')
  })

  it('goes on with the tool call that was half said', async () => {
    const half = { index: 0, id: 'a', function: { name: 'look', arguments: '{"at":' } }
    const { message } = await outcome([
      cut(numbered(1, toolCalls(half))),
      streams(numbered(2, toolCalls({ index: 0, function: { arguments: '1}' } }), finish('tool_calls'), done)),
    ])
    expect(message.parts).toMatchObject([{ toolCallId: 'a', argumentsText: '{"at":1}', state: 'input-available' }])
  })

  it('is taken up as often as it brings something new', async () => {
    const pieces = Array.from({ length: 30 }, (_, index) => cut(numbered(index + 1, say(`${index} `))))
    const { message, sent } = await outcome([...pieces, streams(numbered(31, finish(), done))])
    expect(message.finishReason).toBe('stop')
    expect(message.content.trim().split(' ')).toHaveLength(30)
    expect(sent).toHaveLength(31)
  })

  it('is given up after five tries without anything new', async () => {
    const { message, sent } = await outcome([begin, fails()])
    expect(message).toMatchObject({ content: 'One, two, ', finishReason: 'incomplete', error: { code: 'incomplete' } })
    expect(sent).toHaveLength(6)
  })

  it('is tried at growing distances', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { sent } = await outcome([begin, fails()])
    const times = sent.map(({ at }) => at)
    expect(times.slice(2).map((at, index) => at - (times[index + 1] ?? 0))).toEqual([1000, 2000, 4000, 8000])
  })

  it('waits as long as the server asks', async () => {
    const { message, sent } = await outcome([begin, refuses(503, '', { 'retry-after': '20' }), rest])
    expect(message).toMatchObject(whole)
    expect((sent[2]?.at ?? 0) - (sent[1]?.at ?? 0)).toBe(20_000)
  })

  it.each([404, 410, 401])('is final where the server answers %s', async (status) => {
    const { message, sent } = await outcome([begin, refuses(status)])
    expect(message).toMatchObject({ content: 'One, two, ', finishReason: 'incomplete', error: { code: 'incomplete' } })
    expect(sent).toHaveLength(2)
  })

  it('is the end of the reply where nothing follows', async () => {
    const finished = cut(numbered(1, say('Hi'), finish()), { closes: true })
    const { message, sent } = await outcome([finished, nothingMore])
    expect(message).toMatchObject({ content: 'Hi', finishReason: 'stop' })
    expect(sent).toHaveLength(2)
  })

  it('is incomplete where nothing follows and no reason was given', async () => {
    expect((await outcome([begin, nothingMore])).message).toMatchObject({ finishReason: 'incomplete' })
    const { message, sent } = await outcome([begin, nothingMoreInChromium])
    expect(message).toMatchObject({ finishReason: 'incomplete' })
    expect(sent).toHaveLength(2)
  })

  it('that stalls is taken up as well', async () => {
    const { message, sent } = await outcome([stalling, rest])
    expect(message).toMatchObject(whole)
    expect(sent[0]?.signal.aborted).toBe(true)
  })

  it('that stalls for good says so', async () => {
    const { message } = await outcome([stalling, refuses(404)])
    expect(message).toMatchObject({ finishReason: 'incomplete', error: { code: 'stalled' } })
  })

  it('is tried once more where the next does not answer', async () => {
    const { message, sent } = await outcome([begin, silence, rest])
    expect(message).toMatchObject(whole)
    expect(sent).toHaveLength(3)
  })

  it('is announced, and its end as well', async () => {
    const { progress } = await outcome([begin, rest])
    const news = progress.filter((each) => 'retryAt' in each)
    expect(news.map(({ retryAt, headersAt }) => [typeof retryAt, typeof headersAt])).toEqual([
      ['undefined', 'number'],
      ['number', 'undefined'],
      ['undefined', 'undefined'],
    ])
  })

  it('is never one of two at the same time', async () => {
    const { sent } = await outcome([begin, fails(), silence, rest])
    const open = sent.slice(0, -1).filter(({ signal }) => !signal.aborted)
    expect(open).toEqual([])
  })

  it('is taken up before the first token, and nothing is asked anew', async () => {
    const { message, sent } = await outcome([cut(''), streams(numbered(1, say('Hi'), finish(), done))])
    expect(message).toMatchObject({ content: 'Hi', finishReason: 'stop' })
    expect(sent.map(({ init }) => init.method ?? 'GET')).toEqual(['POST', 'GET'])
    expect(headerOf(sent[1]?.init, 'last-event-id')).toBe('s1:0')
  })

  it('is asked anew where nothing was said and the server has lost the stream', async () => {
    const { message, sent } = await outcome([cut(''), refuses(404), begin, rest])
    expect(message).toMatchObject(whole)
    expect(sent.map(({ init }) => init.method ?? 'GET')).toEqual(['POST', 'GET', 'POST', 'GET'])
  })
})

describe('events that come again', () => {
  it('are not read again', async () => {
    const sloppy = streams(numbered(1, say('One, '), say('two, '), say('three.'), finish(), done))
    expect((await outcome([begin, sloppy])).message).toMatchObject(whole)
  })

  it('do not set back what is known, where they are all that comes', async () => {
    const sloppy = cut(numbered(1, say('One, ')))
    const { message, sent } = await outcome([begin, sloppy, rest])
    expect(message).toMatchObject(whole)
    expect(headerOf(sent[2]?.init, 'last-event-id')).toBe('s1:2')
  })

  it('count as nothing new', async () => {
    const { sent } = await outcome([begin, cut(numbered(1, say('One, ')))])
    expect(sent).toHaveLength(6)
  })
})

it('without the option resume a lost connection is the end of the reply', async () => {
  const { message, sent, progress } = await outcome([begin, rest], { resume: undefined })
  expect(message).toMatchObject({ content: 'One, two, ', finishReason: 'incomplete', error: { code: 'incomplete' } })
  expect(sent).toHaveLength(1)
  expect(progress.some((news) => 'resumeFrom' in news)).toBe(false)
})

describe('a stream that the server does not keep', () => {
  it.each<[string, Answer]>([
    ['no event has an id', cut(say('Hi'))],
    ['events have ids, but the server does not say that it keeps them', cut(numbered(1, say('Hi')), { headers: {} })],
  ])('is incomplete: %s', async (_, answer) => {
    const { message, sent } = await outcome([answer, rest])
    expect(message).toMatchObject({ content: 'Hi', finishReason: 'incomplete' })
    expect(sent).toHaveLength(1)
  })

  it('is one whose events have no ids any more', async () => {
    const { message, sent } = await outcome([begin, cut(say('three'))])
    expect(message).toMatchObject({ content: 'One, two, three', finishReason: 'incomplete' })
    expect(sent).toHaveLength(2)
  })

  it('reads its last event without a blank line after it', async () => {
    const { message } = await outcome([streams(`${numbered(1, say('Hi'))}id: s1:2\n${finish().trimEnd()}`)])
    expect(message.finishReason).toBe('stop')
  })
})

describe('resumable', () => {
  const unnamed = cut(`id: 7\n${say('Hi')}`, { headers: {} })

  it('says of a server that it keeps its streams, and where', async () => {
    const resume = resumable({ url: (id) => `https://other.test/again?after=${id}` })
    const { message, sent } = await outcome([unnamed, streams(finish() + done)], { resume })
    expect(message.finishReason).toBe('stop')
    expect(sent[1]?.url).toBe('https://other.test/again?after=7')
    expect(headerOf(sent[1]?.init, 'last-event-id')).toBe('7')
  })

  it('says how often to try', async () => {
    expect((await outcome([begin, fails()], { resume: resumable({ attempts: 2 }) })).sent).toHaveLength(3)
    expect((await outcome([begin, rest], { resume: resumable({ attempts: 0 }) })).sent).toHaveLength(1)
  })
})

describe('without a network', () => {
  function goOffline(): EventTarget {
    const page = new EventTarget()
    vi.stubGlobal('navigator', { onLine: false })
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    return page
  }

  it('a lost connection waits for it', async () => {
    const page = goOffline()
    const scripted = scriptedFetch(begin, fails(), rest)
    const reply = start(scripted)
    await pass(10_000)
    expect(scripted.sent).toHaveLength(2)
    vi.stubGlobal('navigator', { onLine: true })
    page.dispatchEvent(new Event('online'))
    await pass()
    expect(await reply.finished).toMatchObject(whole)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('for five minutes a lost connection is given up', async () => {
    goOffline()
    const begun = Date.now()
    const { message } = await outcome([begin, fails()])
    expect(message.finishReason).toBe('incomplete')
    expect(Date.now() - begun).toBeLessThanOrEqual(300_000)
  })
})

it('an error of the stream is told once, and the end of the stream asked for', async () => {
  const failing = cut(numbered(1, say('Hi'), event({ error: { message: 'Producer lost', code: 'server_error' } })), {
    closes: true,
  })
  const { message } = await outcome([failing, nothingMore])
  expect(message).toMatchObject({ content: 'Hi', finishReason: 'error' })
})
