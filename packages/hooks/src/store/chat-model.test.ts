import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { useWorldClock } from '../test-support/model/chat-world.ts'
import { chatFollowsModel } from '../test-support/model/run-chat-model.ts'

// A bounded run here; `pnpm fuzz:chat` makes it a long one, from another seed.
const runs = Number(process.env.MILLRACE_CHAT_RUNS ?? 300)
const seed = Number(process.env.MILLRACE_CHAT_SEED ?? 4)

const unhandled: unknown[] = []
const note = (reason: unknown) => unhandled.push(reason)

beforeAll(() => {
  useWorldClock()
  process.on('unhandledRejection', note)
})
afterAll(() => {
  process.off('unhandledRejection', note)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('does what its model does, whatever is done to it and whatever the network does', {
  timeout: 30_000 + runs * 100,
}, async () => {
  await fc.assert(chatFollowsModel, { numRuns: runs, seed, endOnFailure: false })
  expect(unhandled).toEqual([])
})
