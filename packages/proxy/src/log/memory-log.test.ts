import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryLog } from './memory-log.ts'
import { events, logContract, open } from './test-support/log-contract.ts'

logContract('the log in memory', async () => ({ create: memoryLog, close: async () => {} }))

describe('the log in memory, over time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('keeps a stream for ten minutes after its end', async () => {
    const log = memoryLog()
    const [writer, id] = await open(log)
    await vi.advanceTimersByTimeAsync(3_600_000)
    await writer.finish('done')
    await vi.advanceTimersByTimeAsync(599_999)
    expect(await log.find(id)).toBeDefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(await log.find(id)).toBeUndefined()
  })

  it('forgets the oldest that have ended where all together are too much, and none that is live', async () => {
    const [length = 0] = events(1, 1).map((event) => event.length)
    const log = memoryLog({ maxTotalBytes: 3 * length })
    const [live, liveId] = await open(log)
    const [first, firstId] = await open(log)
    const [second, secondId] = await open(log)
    for (const writer of [live, first, second]) writer.append(events(1, 1))
    await first.finish('done')
    await second.finish('done')
    live.append(events(2, 2))
    expect(await log.find(firstId)).toBeUndefined()
    expect(await log.find(secondId)).toBeDefined()
    live.append(events(3, 3))
    expect(await log.find(secondId)).toBeUndefined()
    expect(await log.find(liveId)).toMatchObject({ lastSeq: 3 })
  })
})
