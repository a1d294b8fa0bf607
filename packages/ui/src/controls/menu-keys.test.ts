import { expect, it } from 'vitest'
import { createTyping } from './menu-keys.ts'

const labels = ['Download', 'Delete', 'Print', 'Xóa đoạn này', 'Đổi tên']

/** Where one stands after typing from an entry, one key every 100 ms. */
function typed(keys: string, from = -1, everyMs = 100): number {
  const typing = createTyping()
  return [...keys].reduce((place, key, index) => typing.find(key, labels, place, index * everyMs), from)
}

it('finds the entry that begins with what is typed', () => {
  expect(typed('p')).toBe(2)
  expect(typed('DE')).toBe(1)
})

it('goes through the entries that begin with the same letter', () => {
  expect(typed('d')).toBe(0)
  expect(typed('dd')).toBe(1)
  expect(typed('ddd')).toBe(4)
  expect(typed('dddd')).toBe(0)
})

it('finds what has accents without them', () => {
  expect(typed('xoa d')).toBe(3)
  expect(typed('doi')).toBe(4)
})

it('begins anew after a pause', () => {
  expect(typed('dp', -1, 600)).toBe(2)
})

it('finds nothing where nothing begins like that', () => {
  expect(typed('z')).toBe(-1)
})
