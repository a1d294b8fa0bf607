import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { event } from '../test-support/log-contract.ts'
import { type Batch, createRedisWriter } from './redis-writer.ts'

const anHourMs = 3_600_000

beforeEach(() => {
  vi.useFakeTimers({ now: 10 * anHourMs })
})
afterEach(() => {
  vi.useRealTimers()
})

it('goes on sending, and saying that its stream lives, when the clock is set back', async () => {
  const batches: Batch[] = []
  const writer = createRedisWriter(
    {
      async append(batch) {
        batches.push(batch)
        return { state: 'live', unreadMs: 0 }
      },
      batchMs: 8,
      renewMs: 5_000,
      maxBytes: 1_000,
      patienceMs: 10_000,
      onCancel() {},
      onLost() {},
    },
    () => {},
  )
  writer.append([event(1)])
  await vi.advanceTimersByTimeAsync(10)
  vi.setSystemTime(Date.now() - anHourMs)
  writer.append([event(2)])
  await vi.advanceTimersByTimeAsync(10)
  expect(batches.map(({ seq }) => seq)).toEqual([1, 2])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(batches.length).toBeGreaterThan(2)
  const finished = writer.finish('done')
  await vi.advanceTimersByTimeAsync(10)
  await finished
})
