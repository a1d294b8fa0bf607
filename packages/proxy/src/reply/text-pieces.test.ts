import { expect, it } from 'vitest'
import { createTextPieces } from './text-pieces.ts'

const text = '\u{feff}data: xin chào 🙂\n\n\u{feff}日本語\n'

it('gives the same text however the bytes are cut', () => {
  const bytes = new TextEncoder().encode(text)
  for (let first = 0; first <= bytes.length; first++) {
    for (let second = first; second <= bytes.length; second += 3) {
      const pieces = createTextPieces()
      const got = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)].map(pieces.push)
      // As of any text, a mark at the very start is no part of it.
      expect(got.join('') + pieces.end()).toBe(text.slice(1))
    }
  }
})

it('shows what was cut off for good', () => {
  const pieces = createTextPieces()
  expect(pieces.push(new TextEncoder().encode('a🙂').subarray(0, 3))).toBe('a')
  expect(pieces.end()).toBe('\u{fffd}')
})
