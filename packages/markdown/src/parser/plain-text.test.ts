import { expect, it } from 'vitest'
import type { Paragraph } from '../index.ts'
import { parse } from '../test-support/tree.ts'
import { toPlainText } from './plain-text.ts'

it('says what one reads, blocks parted by blank lines', () => {
  expect(toPlainText(parse('# A *b*\n\nc `d` [e](/url)\nf  \ng\n\n---\n\n```\nh\n```'))).toBe('A b\n\nc d e\nf\ng\n\nh')
})

it('sets items and rows in lines', () => {
  expect(toPlainText(parse('- a\n- b\n  - c\n\n| d | e |\n|---|---|\n| f | g |'))).toBe('a\nb\nc\n\nd\te\nf\tg')
})

it('leaves out tags, and keeps what images show', () => {
  expect(toPlainText(parse('a <b>c</b> ![*d*](/url)'))).toBe('a c d')
})

it('puts footnotes at the end', () => {
  expect(toPlainText(parse('a [^x]\n\n[^x]: note\n\nb'))).toBe('a [1]\n\nb\n\n[1] note')
})

it('takes one block or inline nodes as well', () => {
  const [paragraph] = parse('a **b**').children
  const { content } = paragraph as Paragraph
  expect(toPlainText(paragraph as Paragraph)).toBe('a b')
  expect(toPlainText(content.segments[0]?.nodes ?? [])).toBe('a b')
})
