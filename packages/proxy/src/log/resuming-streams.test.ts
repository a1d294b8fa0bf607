import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventStreamHeaders } from '../response-headers.ts'
import { memoryLog } from './memory-log.ts'
import { nobody, setUp, textOf, withIds } from './test-support/kept-streams.ts'
import { event } from './test-support/log-contract.ts'
import { scriptedSource } from './test-support/scripted-source.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
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
