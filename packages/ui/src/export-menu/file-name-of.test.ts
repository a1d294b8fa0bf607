import { expect, it } from 'vitest'
import { fileNameOf } from './file-name-of.ts'

it.each([
  ['Giá hôm nay: bao nhiêu?', 'Giá-hôm-nay-bao-nhiêu'],
  ['../../etc/passwd', 'etc-passwd'],
  ['日本語 の チャット', '日本語-の-チャット'],
  ['?!', 'chat'],
  [undefined, 'chat'],
])('has words alone, in whatever script: %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name)
})

it('is not too long for any disk', () => {
  expect(fileNameOf('word '.repeat(100))).toHaveLength(59)
})
