import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventStreamHeaders } from '../response-headers.ts'
import { pieces } from '../test-support/scripted-upstream.ts'
import { createKeptStreams } from './kept-streams.ts'
import { memoryLog } from './memory-log.ts'
import type { ReplyStream } from './reply-streams.ts'
import { LogUnavailable, type StreamLog } from './stream-log.ts'
import { event, events } from './test-support/log-contract.ts'
import { scriptedSource } from './test-support/scripted-source.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const heartbeatMs = 15_000
const detachGraceMs = 60_000
const nobody = new AbortController().signal

function setUp(log: StreamLog = memoryLog(), graceMs = detachGraceMs) {
  const streams = createKeptStreams({ log, heartbeatMs, detachGraceMs: graceMs })

  async function begin(owner = '', key?: string): Promise<ReplyStream> {
    const reply = await streams.begin(owner, key)
    if (reply instanceof Response) throw new Error('There is such a stream already.')
    return reply
  }

  /** A reply that has begun, and the client that reads it. */
  async function reply(client: AbortSignal = nobody, owner = '') {
    const source = scriptedSource()
    const response = await (await begin(owner)).answer(source, eventStreamHeaders(), client)
    const id = response.headers.get('x-stream-id') ?? ''
    const received = pieces(response)
    expect(await received.next()).toBe(': ok\n\n')
    return { source, response, received, id }
  }

  function resume(id: string, lastEventId?: string, owner = ''): Promise<Response> {
    const headers: HeadersInit = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
    return streams.resume(new Request(`http://localhost/v1/streams/${id}`, { headers }), id, owner)
  }

  return { streams, begin, reply, resume, log }
}

function withIds(id: string, first: number, last: number): string {
  return events(first, last)
    .map((text, index) => `id: ${id}:${first + index}\n${text}`)
    .join('')
}

async function textOf(response: Response): Promise<string> {
  return (await response.text()).replace(/^: ok\n\n/, '')
}

describe('a reply that is kept', () => {
  it('has a name nobody can guess, and numbers its events', async () => {
    const { reply } = setUp()
    const { source, received, id } = await reply()
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    source.say(event(1), event(2))
    expect(await received.next()).toBe(withIds(id, 1, 2))
    source.say(event(3))
    expect(await received.next()).toBe(withIds(id, 3, 3))
    source.end()
    expect(await received.next()).toBeUndefined()
  })

  it('is read no faster than its client reads', async () => {
    const { source, received } = await setUp().reply()
    source.say(event(1))
    source.say(event(2))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(source.reads).toBe(0)
    await received.next()
    expect(source.reads).toBe(1)
  })

  it('goes on when its client leaves, and is there from any event on', async () => {
    const { reply, resume } = setUp()
    const { source, received, id } = await reply()
    source.say(event(1))
    await received.next()
    await received.cancel()
    source.say(event(2), event(3))
    const following = textOf(await resume(id, `${id}:1`))
    source.say(event(4))
    source.end()
    expect(await following).toBe(withIds(id, 2, 4))
    expect(await textOf(await resume(id))).toBe(withIds(id, 1, 4))
    expect(source.cancelledFor).toBeUndefined()
  })

  it('loses nothing that was on its way to a client that left', async () => {
    const client = new AbortController()
    const { reply, resume } = setUp()
    const { source, received, id } = await reply(client.signal)
    const waiting = received.next()
    client.abort()
    source.say(event(1))
    await waiting
    source.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(await textOf(await resume(id))).toBe(withIds(id, 1, 1))
  })

  it('ends when nobody reads for the time of grace', async () => {
    const { reply, resume } = setUp()
    const { source, received, id } = await reply()
    source.say(event(1))
    await received.next()
    await received.cancel()
    await vi.advanceTimersByTimeAsync(detachGraceMs - 1)
    expect(source.cancelledFor).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(source.cancelledFor).toMatchObject({ code: 'aborted' })
    expect(await textOf(await resume(id))).toContain('nobody was reading it')
  })

  it('does not end while somebody follows it', async () => {
    const { reply, resume } = setUp()
    const { source, received, id } = await reply()
    await received.cancel()
    const follower = pieces(await resume(id))
    await follower.next()
    source.say(event(1))
    await follower.next()
    await vi.advanceTimersByTimeAsync(5 * detachGraceMs)
    expect(source.cancelledFor).toBeUndefined()
    await follower.cancel()
    await vi.advanceTimersByTimeAsync(2 * detachGraceMs)
    expect(source.cancelledFor).toBeDefined()
  })

  it('ends with its client where there is no grace', async () => {
    const { source, received } = await setUp(memoryLog(), 0).reply()
    await received.cancel()
    await vi.advanceTimersByTimeAsync(0)
    expect(source.cancelledFor).toBeDefined()
  })

  it('is told apart from one that was stopped', async () => {
    const { reply, resume, streams } = setUp()
    const { source, received, id } = await reply()
    source.say(event(1))
    await received.next()
    const answer = await streams.cancel(id, '')
    expect(await answer.json()).toEqual({ id, state: 'cancelling' })
    expect(source.cancelledFor).toMatchObject({ code: 'aborted' })
    expect(await received.next()).toMatch(/^id: [0-9a-f]{32}:2\ndata: .*The reply was stopped/)
    expect(await received.next()).toBeUndefined()
    expect(await (await streams.cancel(id, '')).json()).toEqual({ id, state: 'cancelled' })
    expect(await textOf(await resume(id, `${id}:1`))).toContain('"code":"aborted"')
  })

  it('says that it lives while nothing comes, to who asked and to who follows', async () => {
    const { reply, resume } = setUp()
    const { received, id } = await reply()
    const follower = pieces(await resume(id))
    await follower.next()
    const both = [received.next(), follower.next()]
    await vi.advanceTimersByTimeAsync(heartbeatMs)
    expect(await Promise.all(both)).toEqual([': still here\n\n', ': still here\n\n'])
  })
})

describe('who wants to go on', () => {
  it('hears that there is no more: 204 at the end, 410 for what was too long, 404 for what never was', async () => {
    const { reply, resume } = setUp(memoryLog({ maxEvents: 2 }))
    const whole = await reply()
    whole.source.say(event(1))
    whole.source.end()
    await whole.received.next()
    await whole.received.next()
    expect((await resume(whole.id, `${whole.id}:1`)).status).toBe(204)
    expect((await resume(whole.id, `${whole.id}:9`)).status).toBe(204)
    const long = await reply()
    long.source.say(event(1), event(2), event(3))
    await long.received.next()
    expect((await resume(long.id, `${long.id}:1`)).status).toBe(410)
    expect((await resume('0'.repeat(32))).status).toBe(404)
    expect((await resume('../etc/passwd')).status).toBe(404)
  })

  it('may say where by ?after=, and is refused a place of another stream', async () => {
    const { reply, resume, streams } = setUp()
    const { source, received, id } = await reply()
    source.say(event(1), event(2))
    source.end()
    await received.next()
    await received.next()
    const request = new Request(`http://localhost/v1/streams/${id}?after=1`)
    expect(await textOf(await streams.resume(request, id, ''))).toBe(withIds(id, 2, 2))
    expect((await resume(id, `${'0'.repeat(32)}:1`)).status).toBe(400)
    expect((await resume(id, `${id}:x`)).status).toBe(400)
  })

  it('learns of a stream of somebody else as little as of none', async () => {
    const { reply, resume, streams } = setUp()
    const { source, id } = await reply(nobody, 'ada')
    const answers = [
      [await resume(id, undefined, 'bob'), await resume('0'.repeat(32), undefined, 'bob')],
      [await streams.cancel(id, 'bob'), await streams.cancel('0'.repeat(32), 'bob')],
      [await streams.remove(id, 'bob'), await streams.remove('0'.repeat(32), 'bob')],
    ]
    for (const [theirs, nobodys] of answers) {
      expect(theirs?.status).toBe(404)
      expect(await theirs?.text()).toBe(await nobodys?.text())
      expect([...(theirs?.headers ?? [])]).toEqual([...(nobodys?.headers ?? [])])
    }
    expect(source.cancelledFor).toBeUndefined()
    expect((await resume(id, undefined, 'ada')).status).toBe(200)
  })

  it('cannot where the stream was removed', async () => {
    const { reply, resume, streams } = setUp()
    const { source, id } = await reply()
    expect((await streams.remove(id, '')).status).toBe(204)
    expect(source.cancelledFor).toBeDefined()
    expect((await resume(id)).status).toBe(404)
  })

  it('follows the stream of the first request where one comes twice', async () => {
    const { begin, streams } = setUp()
    const source = scriptedSource()
    const first = await (await begin('ada', 'key-1')).answer(source, eventStreamHeaders(), nobody)
    const second = await streams.begin('ada', 'key-1')
    source.say(event(1))
    source.end()
    const text = await textOf(first)
    expect(second).toBeInstanceOf(Response)
    expect(await textOf(second as Response)).toBe(text)
    expect(await streams.begin('bob', 'key-1')).not.toBeInstanceOf(Response)
  })

  it('may send the same key again where the upstream had refused', async () => {
    const { begin } = setUp()
    const refused = await begin('ada', 'key-1')
    refused.abandon()
    await vi.advanceTimersByTimeAsync(0)
    await begin('ada', 'key-1')
  })
})

describe('a log that cannot be reached', () => {
  const broken: StreamLog = {
    ...memoryLog(),
    open: () => Promise.reject(new LogUnavailable('down')),
    find: () => Promise.reject(new LogUnavailable('down')),
  }

  it('keeps no reply from streaming, to its client and as long as that is there', async () => {
    const { source, received, response } = await setUp(broken).reply()
    expect(response.headers.has('x-stream-id')).toBe(false)
    source.say(event(1))
    expect(await received.next()).toContain(event(1))
    await received.cancel()
    expect(source.cancelledFor).toMatchObject({ status: 499 })
  })

  it('does not hold up the first byte', async () => {
    const { begin } = setUp({ ...broken, open: () => new Promise(() => {}) })
    const answer = (await begin()).answer(scriptedSource(), eventStreamHeaders(), nobody)
    await vi.advanceTimersByTimeAsync(300)
    expect((await answer).headers.has('x-stream-id')).toBe(false)
  })

  it('is told apart from a stream that never was', async () => {
    const { resume } = setUp(broken)
    const answer = await resume('0'.repeat(32))
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
  })
})

describe('a proxy that closes', () => {
  it('sends its clients what the source says last, and does not wait for one that has paused', async () => {
    const { reply, streams, log } = setUp()
    const reading = await reply()
    const waiting = reading.received.next()
    const paused = await reply()
    const closed = streams.close()
    for (const { source } of [reading, paused]) {
      source.say(event(1))
      source.end('error')
    }
    expect(await waiting).toBe(withIds(reading.id, 1, 1))
    expect(await reading.received.next()).toBeUndefined()
    await closed
    await expect(paused.received.next()).rejects.toThrow()
    expect(await log.find(paused.id)).toMatchObject({ state: 'error', lastSeq: 1 })
  })

  it('breaks off those who follow, as their stream is not over', async () => {
    const { streams, resume, log } = setUp()
    await log.open({ streamId: 'f'.repeat(32), owner: '', onCancel() {}, onLost() {} })
    const follower = pieces(await resume('f'.repeat(32)))
    await follower.next()
    const waiting = follower.next()
    await streams.close()
    await expect(waiting).rejects.toThrow()
  })
})
