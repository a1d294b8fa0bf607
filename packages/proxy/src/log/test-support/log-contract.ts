import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { KeepOptions } from '../memory-log.ts'
import { type LoggedEvents, type NewStream, StreamGone, type StreamLog, type StreamWriter } from '../stream-log.ts'

/** Where a contract is tried: several logs that are one, as of several replicas. */
export interface LogUnderTest {
  /** One more replica's. Those of one call to the setup share what they keep, where that is possible. */
  create(options?: KeepOptions): StreamLog
  /** Called between appends: what can go wrong there. */
  disturb?(): Promise<void>
  close(): Promise<void>
}

export function event(number: number): string {
  return `data: {"n":${number},"text":"xin chào 🙂 \\u001e \u001e"}\n\n`
}

export function events(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => event(first + index))
}

let streamCount = 0
export function newStream(options: Partial<NewStream> = {}): NewStream {
  return { streamId: `stream-${process.pid}-${++streamCount}`, owner: '', onCancel() {}, onLost() {}, ...options }
}

/** All that comes, and that nothing is missing or comes twice. */
export async function readAll(following: AsyncIterable<LoggedEvents>, after = 0): Promise<string[]> {
  const all: string[] = []
  for await (const { seq, events } of following) {
    expect(seq).toBe(after + all.length + 1)
    all.push(...events)
  }
  return all
}

export async function open(log: StreamLog, options: Partial<NewStream> = {}): Promise<[StreamWriter, string]> {
  const stream = newStream(options)
  const writer = await log.open(stream)
  if (!writer) throw new Error('The stream could not be opened.')
  return [writer, stream.streamId]
}

const forever = new AbortController().signal

/** What holds for every log, whatever it is made of and whatever befalls it. */
export function logContract(name: string, setup: () => Promise<LogUnderTest>, isAvailable = true): void {
  describe.skipIf(!isAvailable)(name, { timeout: 20_000 }, () => {
    let place: LogUnderTest
    let log: StreamLog
    const disturb = () => place.disturb?.()

    beforeAll(async () => {
      place = await setup()
      log = place.create()
    })
    afterAll(async () => {
      await log?.close()
      await place?.close()
    })

    it('tells what was appended, in order, to who comes before, in between and after', async () => {
      const [writer, id] = await open(log)
      const early = readAll(log.follow(id, 0, forever))
      writer.append(events(1, 3))
      await disturb()
      const between = readAll(log.follow(id, 2, forever), 2)
      for (let n = 4; n <= 60; n++) {
        writer.append([event(n)])
        if (n % 20 === 0) await disturb()
      }
      await writer.finish('done')
      expect(await early).toEqual(events(1, 60))
      expect(await between).toEqual(events(3, 60))
      expect(await readAll(log.follow(id, 0, forever))).toEqual(events(1, 60))
      expect(await readAll(log.follow(id, 59, forever), 59)).toEqual(events(60, 60))
      expect(await readAll(log.follow(id, 60, forever), 60)).toEqual([])
    })

    it('waits for the event that a reader is ahead of it with', async () => {
      const [writer, id] = await open(log)
      writer.append(events(1, 2))
      const ahead = readAll(log.follow(id, 4, forever), 4)
      writer.append(events(3, 6))
      await writer.finish('done')
      expect(await ahead).toEqual(events(5, 6))
    })

    it('lets one of fifty who open the same stream have it', async () => {
      const stream = newStream()
      const writers = await Promise.all(Array.from({ length: 50 }, () => log.open(stream)))
      expect(writers.filter(Boolean)).toHaveLength(1)
    })

    it('knows whose a stream is and how it ended', async () => {
      const [writer, id] = await open(log, { owner: 'ada' })
      expect(await log.find(id)).toEqual({ owner: 'ada', state: 'live', lastSeq: 0 })
      writer.append(events(1, 2))
      await writer.finish('error')
      expect(await log.find(id)).toEqual({ owner: 'ada', state: 'error', lastSeq: 2 })
    })

    it('takes nothing after the end', async () => {
      const [writer, id] = await open(log)
      writer.append(events(1, 1))
      await writer.finish('done')
      writer.append(events(2, 2))
      await writer.finish('error')
      expect(await log.find(id)).toMatchObject({ state: 'done', lastSeq: 1 })
    })

    it('tells whoever makes a stream to stop it, once', async () => {
      const onCancel = vi.fn()
      const [writer, id] = await open(log, { onCancel })
      expect(await log.cancel(id)).toBe('cancelling')
      expect(await log.cancel(id)).toBe('cancelling')
      await vi.waitFor(() => expect(onCancel).toHaveBeenCalledOnce(), 6_000)
      await writer.finish('cancelled')
      expect(await log.cancel(id)).toBe('cancelled')
      expect(onCancel).toHaveBeenCalledOnce()
    })

    it('knows nothing of a stream that never was', async () => {
      expect(await log.find('other')).toBeUndefined()
      expect(await log.cancel('other')).toBeUndefined()
      await expect(readAll(log.follow('other', 0, forever))).rejects.toThrow(StreamGone)
    })

    it('forgets a stream that is removed', async () => {
      const [writer, id] = await open(log)
      writer.append(events(1, 1))
      await writer.finish('done')
      await log.remove(id)
      expect(await log.find(id)).toBeUndefined()
    })

    it('forgets a stream some time after its end', async () => {
      const short = place.create({ keepMs: 50 })
      const [writer, id] = await open(short)
      await writer.finish('done')
      await vi.waitFor(async () => expect(await short.find(id)).toBeUndefined(), 5_000)
      await short.close()
    })

    it.each([
      ['bytes', { maxBytes: 300 }],
      ['events', { maxEvents: 5 }],
    ])('says that a stream is too long to be read again: %s', async (_of, limits) => {
      const small = place.create(limits)
      const onLost = vi.fn()
      const [writer, id] = await open(small, { onLost })
      const follower = readAll(small.follow(id, 0, forever))
      for (let n = 1; n <= 20; n++) writer.append([event(n)])
      await expect(follower).rejects.toThrow(StreamGone)
      expect(onLost).toHaveBeenCalledOnce()
      await writer.finish('done')
      expect(await small.find(id)).toMatchObject({ state: 'overflow' })
      await expect(readAll(small.follow(id, 0, forever))).rejects.toThrow(StreamGone)
      await small.close()
    })

    it('lets a reader go who does not want more', async () => {
      const [writer, id] = await open(log)
      writer.append(events(1, 1))
      const reader = new AbortController()
      const all: string[] = []
      for await (const { events } of log.follow(id, 0, reader.signal)) {
        all.push(...events)
        reader.abort()
      }
      expect(all).toEqual(events(1, 1))
      await writer.finish('done')
    })

    it('knows whether anybody has read a stream of late', async () => {
      const [writer, id] = await open(log)
      expect(await writer.wasReadWithin(60_000)).toBe(false)
      const reader = new AbortController()
      writer.append(events(1, 1))
      for await (const _events of log.follow(id, 0, reader.signal)) reader.abort()
      expect(await writer.wasReadWithin(60_000)).toBe(true)
      await writer.finish('done')
    })
  })
}
