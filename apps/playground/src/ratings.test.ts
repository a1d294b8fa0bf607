// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest'
import { rate, ratingOf } from './ratings.ts'

const key = 'millrace.ratings'

afterEach(() => localStorage.clear())

it('keeps what was thought of an answer, until it is taken back', () => {
  rate('one', 'up')
  rate('two', 'down')
  rate('one', undefined)
  expect(ratingOf('one')).toBeUndefined()
  expect(ratingOf('two')).toBe('down')
})

it.each(['null', '7', '"text"', '[1]', '{"one":5}', '{broken', ''])('lives with %s in its place', (stored) => {
  localStorage.setItem(key, stored)
  expect(ratingOf('one')).toBeUndefined()
  rate('one', 'up')
  expect(ratingOf('one')).toBe('up')
})
