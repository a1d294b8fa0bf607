import { expect, it } from 'vitest'
import { examples } from '../test-support/cases.ts'
import { normalizeHtml } from '../test-support/normalize-html.ts'
import { toHtml } from '../test-support/to-html.ts'
import { parse } from '../test-support/tree.ts'

it('has all examples of CommonMark 0.31.2 to go by', () => {
  expect(examples.length).toBe(652)
})

it.each(examples)('agrees with example $number of CommonMark', ({ markdown, html }) => {
  expect(normalizeHtml(toHtml(parse(markdown, { gfm: false })))).toBe(normalizeHtml(html))
})
