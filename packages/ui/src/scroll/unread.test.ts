import { describe, expect, it } from 'vitest'
import { nextUnread, nothingUnread } from './unread.ts'

const left = nextUnread(nothingUnread(['a']), ['a', 'b'], true)

describe('a reader who is away', () => {
  it('has nothing new at first, whatever came before', () => {
    expect(left).toMatchObject({ count: 0, firstId: undefined })
  })

  it('learns how many messages came, and which was the first', () => {
    const two = nextUnread(nextUnread(left, ['a', 'b', 'c'], true), ['a', 'b', 'c', 'd'], true)
    expect(two).toMatchObject({ count: 2, firstId: 'c' })
  })

  it('has no news in older messages that are loaded', () => {
    expect(nextUnread(left, ['0', '1', 'a', 'b'], true)).toBe(left)
  })

  it('has no news in another branch, where what they knew is not shown', () => {
    expect(nextUnread(left, ['a', 'c', 'd'], true)).toBe(left)
  })
})

describe('a reader who is back', () => {
  const back = nextUnread(nextUnread(left, ['a', 'b', 'c'], true), ['a', 'b', 'c'], false)

  it('sees where the new messages began, also when more come', () => {
    expect(back).toMatchObject({ count: 0, firstId: 'c' })
    expect(nextUnread(back, ['a', 'b', 'c', 'd'], false)).toBe(back)
  })

  it('has seen them on leaving again', () => {
    expect(nextUnread(back, ['a', 'b', 'c'], true)).toMatchObject({ count: 0, firstId: undefined })
  })
})
