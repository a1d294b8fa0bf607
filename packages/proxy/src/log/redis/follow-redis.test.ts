import { expect, it } from 'vitest'
import { type LoggedEvents, StreamGone } from '../stream-log.ts'
import { event, events, readAll } from '../test-support/log-contract.ts'
import { followRedis } from './follow-redis.ts'

/** Follows a stream that is over, of which these batches are kept. */
function follow(batches: readonly LoggedEvents[], after = 0) {
  const page = { owner: '', state: 'done', lastSeq: 4, leaseLeftMs: 0 } as const
  const read = async (last: number) => ({
    ...page,
    batches: batches.filter(({ seq, events }) => seq + events.length - 1 > last),
  })
  const channels = { listen: async () => () => {} }
  return followRedis({ channel: 'c', channels, read, patienceMs: 1000 }, after, new AbortController().signal)
}

const whole = [
  { seq: 1, events: events(1, 2) },
  { seq: 3, events: events(3, 4) },
]

it('reads a stream from any event on, within a batch as well', async () => {
  expect(await readAll(follow(whole))).toEqual(events(1, 4))
  expect(await readAll(follow(whole, 1), 1)).toEqual(events(2, 4))
})

it.each([
  ['beginning', whole.slice(1)],
  ['end', whole.slice(0, 1)],
  [
    'middle',
    [
      { seq: 1, events: [event(1)] },
      { seq: 3, events: events(3, 4) },
    ],
  ],
])('never passes over the %s of a stream that Redis let go of', async (_part, batches) => {
  await expect(readAll(follow(batches))).rejects.toThrow(StreamGone)
})
