import { expect, it } from 'vitest'
import { toHtml } from '../test-support/to-html.ts'
import { parse } from '../test-support/tree.ts'

const html = (text: string, cjkEmphasis: boolean) => toHtml(parse(text, { cjkEmphasis })).trim()

it.each([
  ['这是**“重点”**内容', '<p>这是<strong>“重点”</strong>内容</p>'],
  ['**注意：**请看', '<p><strong>注意：</strong>请看</p>'],
  ['これは**「強調」**です', '<p>これは<strong>「強調」</strong>です</p>'],
  ['한국어**(강조)**입니다', '<p>한국어<strong>(강조)</strong>입니다</p>'],
])('opens and closes emphasis beside East Asian punctuation if asked to: %s', (text, expected) => {
  expect(html(text, true)).toBe(expected)
  expect(html(text, false)).not.toBe(expected)
})

it('changes nothing in other scripts', () => {
  const text = 'a**"b"**c, snake_case_name, **bold**text, 2 * 3 * 4'
  expect(html(text, true)).toBe(html(text, false))
})

it('settles a long paragraph without spaces as it grows', () => {
  const { children } = parse('回答一段一段地到来，页面应当保持流畅。'.repeat(200))
  const [paragraph] = children
  expect(paragraph?.type === 'paragraph' && paragraph.content.segments.length).toBeGreaterThan(5)
})
