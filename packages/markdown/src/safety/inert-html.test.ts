import { expect, it } from 'vitest'
import { parseInertTag } from './inert-html.ts'

it.each([
  ['<br>', { name: 'br', closing: false }],
  ['<BR />', { name: 'br', closing: false }],
  ['</sub>', { name: 'sub', closing: true }],
  ['<details>', { name: 'details', closing: false }],
])('knows %s', (html, tag) => expect(parseInertTag(html)).toEqual(tag))

it.each(['<sub onclick="alert(1)">', '<details open>', '<script>', '<br', '<!-- br -->', '<sub><sup>'])(
  'takes %s for text',
  (html) => expect(parseInertTag(html)).toBeUndefined(),
)
