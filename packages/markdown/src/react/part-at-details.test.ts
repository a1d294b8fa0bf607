import { expect, it } from 'vitest'
import { createMarkdownStream } from '../parser/markdown-stream.ts'
import { partAtDetails } from './part-at-details.ts'

function parts(text: string) {
  const { root, ...stream } = createMarkdownStream()
  stream.push(text)
  stream.end()
  return partAtDetails(root.children, 0, root.children.length)
}

it('leaves blocks together where there is no such tag', () => {
  expect(parts('a\n\n<div>\n\nb')).toEqual([{ start: 0, end: 3 }])
})

it('parts them at the tags', () => {
  expect(parts('a\n\n<details>\n<summary>More</summary>\n\nb\n\nc\n\n</details>\n\nd')).toEqual([
    { start: 0, end: 1 },
    { start: 2, end: 4, details: { summary: 'More', text: '', isWhole: false } },
    { start: 5, end: 6 },
  ])
})

it('knows one that is written in one block', () => {
  expect(parts('<details><summary>More</summary>\nb\n</details>\n\nc')).toEqual([
    { start: 1, end: 1, details: { summary: 'More', text: 'b', isWhole: true } },
    { start: 1, end: 2 },
  ])
})

it('encloses what follows where the closing tag is missing', () => {
  expect(parts('<details>\n\na\n\nb')).toEqual([
    { start: 1, end: 3, details: { summary: '', text: '', isWhole: false } },
  ])
})

it('closes each with its own', () => {
  const [outer] = parts('<details>\n\n<details>\n\na\n\n</details>\n\nb\n\n</details>')
  expect([outer?.start, outer?.end]).toEqual([1, 5])
})

it('takes a tag with attributes for text', () => {
  expect(parts('<details open ontoggle="x">\n\na\n\n</details>')).toEqual([{ start: 0, end: 3 }])
})
