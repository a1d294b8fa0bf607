import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventStreamHeaders } from '../response-headers.ts'
import { pieces } from '../test-support/scripted-upstream.ts'
import { memoryLog } from './memory-log.ts'
import { LogUnavailable, type StreamLog } from './stream-log.ts'
import { detachGraceMs, heartbeatMs, nobody, setUp, textOf, withIds } from './test-support/kept-streams.ts'
import { event } from './test-support/log-contract.ts'
import { scriptedSource } from './test-support/scripted-source.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

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

  it('does so though somebody follows it, who is told', async () => {
    const { reply, resume } = setUp(memoryLog(), 0)
    const { source, received, id } = await reply()
    const follower = pieces(await resume(id))
    await follower.next()
    const waiting = follower.next()
    await received.cancel()
    await vi.advanceTimersByTimeAsync(0)
    expect(source.cancelledFor).toMatchObject({ code: 'aborted' })
    expect(await waiting).toContain('nobody was reading it')
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
