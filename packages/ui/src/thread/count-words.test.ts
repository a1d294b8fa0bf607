import { expect, it } from 'vitest'
import { countWords } from './count-words.ts'

it.each([
  ['', 0],
  ['Hello there, world', 3],
  ['Giá hôm nay\n\nlà bao nhiêu', 6],
])('counts what spaces part: %j', (text, words) => {
  expect(countWords(text)).toBe(words)
})

it('finds words where nothing parts them', () => {
  expect(countWords('今日は良い天気です')).toBeGreaterThan(3)
})
