import { describe, expect, it } from 'vitest'
import { type Cut, cutAt, cutEvery, cutRandomly } from './cut.ts'

const bytes = Uint8Array.from({ length: 50 }, (_, index) => index)

const lengths = (cut: Cut, offset = 0) => cut(bytes, offset).map((piece) => piece.length)

it('cuts every so many bytes', () => {
  expect(lengths(cutEvery(20))).toEqual([20, 20, 10])
})

it('goes on counting where the bytes before ended', () => {
  expect(lengths(cutEvery(20), 15)).toEqual([5, 20, 20, 5])
})

it('refuses pieces without a byte', () => {
  expect(() => cutEvery(0)).toThrow(RangeError)
})

it('cuts at places of the body, not of the bytes it is given', () => {
  expect(lengths(cutAt(1, 105, 120), 100)).toEqual([5, 15, 30])
})

it('cuts at random the same way for the same seed', () => {
  expect(lengths(cutRandomly(7, 4))).toEqual(lengths(cutRandomly(7, 4)))
  expect(lengths(cutRandomly(7, 4))).not.toEqual(lengths(cutRandomly(8, 4)))
})

describe.each([
  ['cutEvery', cutEvery(3)],
  ['cutAt', cutAt(0, 4, 49, 50)],
  ['cutRandomly', cutRandomly(1, 2)],
])('%s', (_, cut) => {
  it('loses and reorders nothing', () => {
    expect(cut(bytes, 0).flatMap((piece) => [...piece])).toEqual([...bytes])
  })
})
