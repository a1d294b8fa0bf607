import { describe, expect, it } from 'vitest'
import { type FarGroups, farGroupsOf, rowsOf, withOlder } from './far-groups.ts'

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `m${from + index}`)
const farIds = (groups: FarGroups) => [...groups.values()].flat().sort()

describe('a thread that is opened', () => {
  it('has nothing far where it is short', () => {
    expect(farGroupsOf(ids(0, 12)).size).toBe(0)
  })

  it('has all of it in rows, in order, the last twelve turns by themselves', () => {
    const all = ids(0, 101)
    const rows = rowsOf(all, farGroupsOf(all))
    expect(rows.flatMap(({ start, end }) => all.slice(start, end))).toEqual(all)
    expect(rows.slice(-12).every(({ isFar }) => !isFar)).toBe(true)
    expect(rows.slice(0, -12).every(({ isFar }) => isFar)).toBe(true)
  })
})

describe('a group', () => {
  const all = ids(0, 20)
  const groups = farGroupsOf(all)

  it('stays as it is when turns come after it', () => {
    expect(rowsOf([...all, 'new'], groups)[0]).toEqual({ id: 'm0', start: 0, end: 8, isFar: true })
  })

  it('falls apart when one of its turns is gone', () => {
    const rows = rowsOf(all.toSpliced(3, 1), groups)
    expect(rows.every(({ isFar }) => !isFar)).toBe(true)
    expect(rows).toHaveLength(19)
  })
})

it('keeps older turns far that are loaded, but for the nearest', () => {
  const before = ids(50, 80)
  const after = ids(20, 80)
  const groups = withOlder(farGroupsOf(before), after, 'm50')
  expect(farIds(groups)).toEqual([...ids(20, 38), ...ids(50, 68)].sort())
  expect(withOlder(groups, ids(30, 80), 'gone')).toBe(groups)
})
