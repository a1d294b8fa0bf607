import { expect, it } from 'vitest'
import { groupSize, groupsOf } from './groups.ts'

const nodes = (count: number) => Array.from({ length: count }, (_, stamp) => ({ stamp }))

it('parts siblings at places that do not depend on how many follow', () => {
  expect(groupsOf([])).toEqual([])
  expect(groupsOf(nodes(groupSize))).toEqual([{ start: 0, end: groupSize, stamp: groupSize - 1 }])
  expect(groupsOf(nodes(groupSize + 1)).map(({ start, end }) => [start, end])).toEqual([
    [0, groupSize],
    [groupSize, groupSize + 1],
  ])
})

it('says of each group when one in it last changed', () => {
  const changed = nodes(3 * groupSize).map((node, index) => (index === 5 ? { stamp: 999 } : node))
  expect(groupsOf(changed).map(({ stamp }) => stamp)).toEqual([999, 2 * groupSize - 1, 3 * groupSize - 1])
})
