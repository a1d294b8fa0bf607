import { expect, it } from 'vitest'
import { isOwnImage } from './image-policy.ts'

const page = 'https://chat.example/thread/1'

it.each([
  ['/a.png', true],
  ['a.png?q=secret', true],
  ['https://chat.example/a.png', true],
  ['data:image/png;base64,AAAA', true],
  ['https://chat.example.evil.test/a.png', false],
  ['http://chat.example/a.png', false],
  ['//evil.test/a.png', false],
  ['\\\\evil.test/a.png', false],
  ['/\\evil.test/a.png', false],
  ['https://[', false],
])('knows whether %s is of the page’s own origin: %s', (url, expected) => {
  expect(isOwnImage(url, page)).toBe(expected)
})

it('takes only relative URLs for its own where the page is not known', () => {
  expect(isOwnImage('/a.png', undefined)).toBe(true)
  expect(isOwnImage('//evil.test/a.png', undefined)).toBe(false)
  expect(isOwnImage('https://chat.example/a.png', undefined)).toBe(false)
})

it('has no own images in a page without an origin', () => {
  expect(isOwnImage('https://evil.test/a.png', 'about:blank')).toBe(false)
})
