import type { SavedThread } from '@millrace/hooks'
import { expect, it } from 'vitest'
import { groupThreads } from './group-threads.ts'

const now = new Date(2026, 10, 25, 17, 30).getTime()

function threadOf(id: string, ...when: [year: number, month: number, day: number, hour?: number]): SavedThread {
  const updatedAt = new Date(...(when as [number, number, number])).getTime()
  return { id, title: id, createdAt: 0, updatedAt, shown: [] }
}

const grouped = (...threads: SavedThread[]) =>
  groupThreads(threads, now).map(({ age, threads }) => `${age}: ${threads.map(({ id }) => id).join(' ')}`)

it('goes by days of the calendar, not by hours', () => {
  const atMidnight = threadOf('midnight', 2026, 10, 25, 0)
  expect(grouped(atMidnight, threadOf('late', 2026, 10, 24, 23), threadOf('early', 2026, 10, 24, 0))).toEqual([
    'today: midnight',
    'yesterday: late early',
  ])
})

it('looks back a week, a month, and further', () => {
  expect(
    grouped(
      threadOf('six-days', 2026, 10, 19),
      threadOf('seven-days', 2026, 10, 18),
      threadOf('29-days', 2026, 9, 27),
      threadOf('30-days', 2026, 9, 26),
    ),
  ).toEqual(['week: six-days', 'month: seven-days 29-days', 'older: 30-days'])
})

it('takes what another clock dates in the future for today', () => {
  expect(grouped(threadOf('ahead', 2026, 10, 27))).toEqual(['today: ahead'])
})
