import { expect, it } from 'vitest'
import type { FootnoteDefinition, MarkdownDocument } from '../index.ts'
import { toHtml } from '../test-support/to-html.ts'
import { parse } from '../test-support/tree.ts'
import { createMarkdownStream } from './markdown-stream.ts'

const section = ({ footnotes }: MarkdownDocument) =>
  footnotes?.children.map(({ label, number, references }) => [label, number, references.length])

it('numbers footnotes in the order of their first references', () => {
  const root = parse('b [^b] a [^a] b [^b]\n\n[^a]: A\n\n[^b]: B\n')
  expect(section(root)).toEqual([
    ['b', 1, 2],
    ['a', 2, 1],
  ])
  expect(toHtml(root)).toContain('<p>b <sup>[1.1]</sup> a <sup>[2.1]</sup> b <sup>[1.2]</sup></p>')
})

it('lists no footnote that nothing refers to, and has no section without any', () => {
  expect(section(parse('text [^a]\n\n[^a]: A\n[^b]: B'))).toEqual([['a', 1, 1]])
  expect(section(parse('text\n\n[^b]: B'))).toBeUndefined()
  expect(section(parse('text [^a]'))).toBeUndefined()
})

it('shows a reference without a definition as it was written', () => {
  expect(toHtml(parse('text [^a]'))).toBe('<p>text [^a]</p>\n')
})

it('takes the first definition of a label, whatever its case', () => {
  const { children, footnotes } = parse('[^A]\n\n[^a]: first\n\n[^A]: second')
  expect(footnotes?.children).toEqual([children[1]])
  expect((children[2] as FootnoteDefinition).number).toBe(0)
})

it('puts references in footnotes after those in the text', () => {
  const root = parse('[^a]: See [^b].\n\n[^b]: B\n\n[^c]: C\n\ntext [^c] [^a]')
  expect(section(root)).toEqual([
    ['c', 1, 1],
    ['a', 2, 1],
    ['b', 3, 1],
  ])
})

it('holds blocks that are indented by four columns', () => {
  expect(toHtml(parse('[^a]\n\n[^a]: one\n    two\n\n    - item\n\nafter'))).toContain(
    '<p>one\ntwo</p>\n<ul>\n<li>item\n</li>\n</ul>',
  )
})

it('may follow a list and interrupt a paragraph', () => {
  expect(section(parse('text [^a] [^b]\n[^a]: A\n\n- item\n\n[^b]: B'))).toEqual([
    ['a', 1, 1],
    ['b', 2, 1],
  ])
})

it('stamps the blocks that refer to a footnote when its number changes, and no others', () => {
  const stream = createMarkdownStream()
  stream.push('a [^a]\n\nb [^b]\n\nnone\n\n[^b]: B\n\n')
  stream.flush()
  const [first, second, third] = stream.root.children
  expect(section(stream.root)).toEqual([['b', 1, 1]])
  const before = [first?.stamp, second?.stamp, third?.stamp]
  stream.push('[^a]: A\n\n')
  stream.flush()
  expect(section(stream.root)?.map(([label]) => label)).toEqual(['a', 'b'])
  expect([first?.stamp, second?.stamp, third?.stamp]).toEqual([stream.root.stamp, stream.root.stamp, before[2]])
  expect(stream.root.footnotes?.stamp).toBe(stream.root.stamp)
})

it('stamps the section while a footnote grows', () => {
  const stream = createMarkdownStream()
  stream.push('a [^a]\n\n[^a]: The')
  stream.flush()
  stream.push(' note')
  stream.flush()
  expect(stream.root.footnotes?.stamp).toBe(stream.root.stamp)
})

it('forgets a footnote that was there for display alone', () => {
  const stream = createMarkdownStream()
  stream.push('a [^a]\n\n[^a]: x')
  stream.flush()
  stream.push('\n')
  stream.flush()
  expect(section(stream.root)).toEqual([['a', 1, 1]])
  const { root } = createMarkdownStream()
  expect(root.footnotes).toBeUndefined()
})

it('leaves references out of the description of an image, which must not change with their numbers', () => {
  expect(toHtml(parse('![a [^a] b](/url) [^b]\n\n[^a]: A\n\n[^b]: B'))).toContain('alt="a  b" /> <sup>[1.1]</sup>')
})
