import { expect, it } from 'vitest'
import { splitTokens } from './tokens.ts'

it('keeps a space with the word after it', () => {
  expect(splitTokens('Hello there, you')).toEqual(['Hello', ' there', ',', ' you'])
})

it('splits a long word into pieces', () => {
  expect(splitTokens('internationalisation')).toEqual(['internat', 'ionalisa', 'tion'])
})

it('takes each Chinese, Japanese or Korean character alone', () => {
  expect(splitTokens('日本語 and 한국어')).toEqual(['日', '本', '語', ' and', ' ', '한', '국', '어'])
})

it('keeps a Vietnamese syllable with its marks whole', () => {
  expect(splitTokens('tiếng Việt'.normalize('NFD'))).toEqual(['tiếng', ' Việt'].map((word) => word.normalize('NFD')))
})

it('loses no character', () => {
  const text = '# Title\r\n\r\n- a  b\t`code`\n\n👩‍👩‍👧 …“ế” \u{d800} 中文，end\n'
  expect(splitTokens(text).join('')).toBe(text)
})
