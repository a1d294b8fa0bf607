import { expect, it } from 'vitest'
import type { InlineNode, Paragraph } from '../index.ts'
import { parse } from '../test-support/tree.ts'

function urlsIn(text: string): string[] {
  const { content } = parse(text).children[0] as Paragraph
  const urls = (nodes: readonly InlineNode[]): string[] =>
    nodes.flatMap((node) => (node.type === 'link' ? node.url : 'children' in node ? urls(node.children) : []))
  return content.segments.flatMap(({ nodes }) => urls(nodes))
}

it.each([
  ['请访问https://example.com/a。谢谢', 'https://example.com/a'],
  ['详见 https://example.com，然后', 'https://example.com'],
  ['访问https://example.com查看', 'https://example.com'],
  ['（https://example.com/a）', 'https://example.com/a'],
  ['https://münchen.example/straße', 'https://münchen.example/straße'],
  ['https://例え.jp/パス', 'https://例え.jp/パス'],
])('finds the address in %s', (text, url) => {
  expect(urlsIn(text)).toEqual([url])
})

it('finds no address in code, nor twice in a link', () => {
  expect(urlsIn('`https://example.com` [https://a.example](https://b.example)')).toEqual(['https://b.example'])
})

it('takes a host with an underscore in its last two parts for none', () => {
  expect(urlsIn('http://a_b.example http://a.b_c.d.example')).toEqual(['http://a.b_c.d.example'])
})

it('finds no address where a host should start and does not', () => {
  expect(urlsIn('http:// http://[^a] http://- www. www.- http://://')).toEqual([])
})
