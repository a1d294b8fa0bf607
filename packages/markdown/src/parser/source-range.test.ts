import { expect, it } from 'vitest'
import type { BlockNode, Container } from '../index.ts'
import { examples } from '../test-support/cases.ts'
import { answer } from '../test-support/documents.ts'
import { createRandom } from '../test-support/random.ts'
import { parse } from '../test-support/tree.ts'

/** The source of each block at the top level. */
function sources(text: string): string[] {
  return parse(text).children.map(({ start, end }) => text.slice(start, end))
}

it.each([
  ['# A\n\nb\nc\n\n> d\n', ['# A', 'b\nc', '> d']],
  ['- a\n- b\n\n  c\n\nd', ['- a\n- b\n\n  c', 'd']],
  ['```ts\ncode\n```\nafter', ['```ts\ncode\n```', 'after']],
  ['A\n===\nb', ['A\n===', 'b']],
  ['before\n| a |\n|---|\n| b |\n\nafter', ['before', '| a |\n|---|\n| b |', 'after']],
  ['[a]: /url\n[b]: /url\ntext [a]', ['text [a]']],
  ['    code\n\n    more\n\nafter', ['code\n\n    more', 'after']],
  ['<div>\nraw\n\nafter', ['<div>\nraw', 'after']],
  ['* * *\r\nb\r\n\r\nc', ['* * *', 'b', 'c']],
  ['\ufeffa\0b\n\nc', ['a\0b', 'c']],
])('gives the source of each block of %j', (text, expected) => {
  expect(sources(text)).toEqual(expected)
})

it('gives the source of items and rows', () => {
  const text = '1. a\n2. b\n   c\n\n| x |\n|---|\n| y |'
  const [list, table] = parse(text).children
  const items = list?.type === 'list' ? list.children : []
  const rows = table?.type === 'table' ? table.rows : []
  expect(items.map(({ start, end }) => text.slice(start, end))).toEqual(['1. a', '2. b\n   c'])
  expect(rows.map(({ start, end }) => text.slice(start, end))).toEqual(['| x |', '| y |'])
})

/** Whether blocks follow one another, and lie inside those that hold them. */
function isInOrder({
  start,
  end,
  children,
}: Pick<Container, 'start' | 'end'> & { children: readonly BlockNode[] }): boolean {
  let last = start
  return children.every((child) => {
    const isWithin = child.start >= last && child.start <= child.end && child.end <= end
    last = child.end
    return isWithin && (!('children' in child) || isInOrder(child))
  })
}

it('has blocks in their order, each within those around it', () => {
  for (const { number, markdown } of examples) expect(isInOrder(parse(markdown)), `example ${number}`).toBe(true)
  expect(isInOrder(parse(answer(createRandom(4), 30_000)))).toBe(true)
})
