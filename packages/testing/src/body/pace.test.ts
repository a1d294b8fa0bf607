import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFakeProvider, type FakeProviderOptions } from '../fake-provider.ts'
import { pause, reply, say } from '../reply/reply.ts'
import { ask, bodyOf, chatPath, chatRequest, readMessage } from '../test-support/ask.ts'
import { createPacer } from './pace.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** When each text delta came, in milliseconds since the request. */
async function arrivals(options: FakeProviderOptions): Promise<number[]> {
  const startedAt = Date.now()
  const times: number[] = []
  const onChunk = ({ type }: { type: string }) => type === 'text-delta' && times.push(Date.now() - startedAt)
  const reading = readMessage(await ask(options), { onChunk })
  await vi.runAllTimersAsync()
  await reading
  return times
}

const fourDeltas = reply(say(['a', 'b', 'c', 'd']))

it('sends everything at once without a pace', async () => {
  expect(await arrivals({ script: fourDeltas })).toEqual([0, 0, 0, 0])
})

it('waits for the first token, then keeps so many tokens a second', async () => {
  const pace = { firstTokenMs: 350, tokensPerSecond: 100 }
  expect(await arrivals({ script: fourDeltas, pace })).toEqual([360, 370, 380, 390])
})

it('waits between any two events', async () => {
  expect(await arrivals({ script: fourDeltas, pace: { delayMs: 5 } })).toEqual([5, 10, 15, 20])
})

it('keeps up a pace faster than timers go', async () => {
  const script = reply(say(Array.from({ length: 4_000 }, () => 'a')))
  const times = await arrivals({ script, pace: { tokensPerSecond: 4_000 } })
  expect(times.at(-1)).toBeGreaterThanOrEqual(999)
  expect(times.at(-1)).toBeLessThanOrEqual(1_001)
})

it('pauses where the script does', async () => {
  expect(await arrivals({ script: reply('a', pause(400), 'b') })).toEqual([0, 400])
})

it('lets a reply have a pace of its own', async () => {
  const script = { ...fourDeltas, pace: { delayMs: 1 } }
  expect(await arrivals({ script, pace: { delayMs: 500 } })).toEqual([1, 2, 3, 4])
})

it('varies its waits by the jitter, the same way for the same seed', () => {
  const waits = () =>
    Array.from(
      { length: 50 },
      (
        (pacer) => () =>
          pacer(true)
      )(createPacer({ delayMs: 100, jitter: 0.2, seed: 3 })),
    )
  expect(waits()).toEqual(waits())
  for (const waitMs of waits().slice(1)) expect(Math.abs(waitMs - 100)).toBeLessThanOrEqual(20)
  expect(new Set(waits()).size).toBeGreaterThan(40)
})

it('keeps no timer once the client has left', async () => {
  const controller = new AbortController()
  const { fetch } = createFakeProvider({ pace: { firstTokenMs: 1_000 } })
  const response = await fetch(chatPath, { ...chatRequest(), signal: controller.signal })
  const reading = bodyOf(response).getReader().read()
  expect(vi.getTimerCount()).toBe(1)
  controller.abort()
  await expect(reading).rejects.toThrow(/abort/i)
  expect(vi.getTimerCount()).toBe(0)
})
