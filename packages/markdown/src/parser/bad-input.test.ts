import { expect, it } from 'vitest'
import { toHtml } from '../test-support/to-html.ts'
import { describeTree, parse, streamed } from '../test-support/tree.ts'
import { toPlainText } from './plain-text.ts'

const html = (text: string) => toHtml(parse(text))

it('shows a replacement for NUL', () => {
  expect(html('a\0b')).toBe('<p>a\ufffdb</p>\n')
})

it('keeps half of a surrogate pair as it is, also at the end', () => {
  expect(toPlainText(parse('a \ud83d b'))).toBe('a \ud83d b')
  expect(toPlainText(parse('a \ud83d'))).toBe('a \ud83d')
})

it('never shows half of a pair that is cut in two', () => {
  const { root } = streamed(['a \ud83d', '\ude00 b'], {}, () => true)
  expect(toPlainText(root)).toBe('a \ud83d\ude00 b')
})

it.each(['\u00a0', '\u3000'])('keeps a paragraph of nothing but %j', (space) => {
  expect(html(`a\n\n${space}\n\nb`)).toBe(`<p>a</p>\n<p>${space}</p>\n<p>b</p>\n`)
})

it('skips a byte order mark', () => {
  expect(html('\ufeff# Heading')).toBe('<h1>Heading</h1>\n')
})

it.each(['\r\n', '\r', '\n'])('reads lines that end in %j, cut anywhere', (lineEnd) => {
  const text = '# A\n\nb\nc\n\n```\nd\n\ne\n```\n\n- f\n- g\n'.replaceAll('\n', lineEnd)
  const expected = html(text.replaceAll(lineEnd, '\n'))
  for (let at = 0; at <= text.length; at++) {
    const { root } = streamed([text.slice(0, at), text.slice(at)], {}, () => true)
    expect(toHtml(root)).toBe(expected)
    expect(describeTree(root)).toBe(describeTree(parse(text)))
  }
})

const megabyte = 1_000_000
const longestMs = 2_000

/** How long some work keeps a processor busy, in milliseconds. What else the machine does meanwhile does not count. */
function busyTime(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

it.each<[name: string, text: string, shown: string]>([
  ['a megabyte without a line end', 'word '.repeat(megabyte / 5), 'word word'],
  ['a megabyte without a space', 'a'.repeat(megabyte), 'aaaa'],
  ['a megabyte of spaces', `a${' '.repeat(megabyte)}b`, 'b'],
  ['10,000 brackets', '['.repeat(10_000), '[[['],
  ['10,000 images', '!['.repeat(10_000), '![!['],
  ['5,000 quotes in one line', `${'> '.repeat(5000)}deep`, 'deep'],
  ['5,000 lists in one line', `${'- '.repeat(5000)}deep`, 'deep'],
  ['50,000 emphases in one another', `${'*a '.repeat(50_000)}${'b* '.repeat(50_000)}`, 'a a'],
  ['50,000 links', '[a](b)'.repeat(50_000), 'aaa'],
  ['50,000 brackets around links', `${'['.repeat(50_000)}${'[a](b)'.repeat(20_000)}`, 'aaa'],
  ['100,000 parentheses after an address', `http://a.example${')'.repeat(100_000)}`, 'http://a.example'],
  ['100,000 letters before an at sign', `${'a'.repeat(100_000)} @`, 'aaa'],
  ['backticks of every number', Array.from({ length: 600 }, (_, index) => '`'.repeat(index + 1)).join(' '), '`'],
  ['a delimiter line of spaces', `a\n-${' '.repeat(100_000)}|x`, 'a'],
  ['comments that do not end', `a ${'<!-- '.repeat(20_000)}`, 'a'],
  ['declarations that do not end', `a ${'<!A '.repeat(20_000)}`, 'a'],
  ['20,000 images in one another', '![~~a'.repeat(20_000) + 'e](b)'.repeat(20_000), 'e](b)e](b)'],
  ['100,000 backticks that are no fence', `${'`'.repeat(100_000)}a\``, 'a'],
  ['30,000 addresses under one open star', `*${'www.a.b '.repeat(30_000)}`, 'www.a.b www.a.b'],
  ['30,000 addresses that are none', '_www.a'.repeat(30_000), 'www.a'],
  ['20,000 addresses in brackets', `${'['.repeat(20_000)}${'www.a.b]'.repeat(20_000)}`, 'www.a.b'],
])('shows %s without throwing, and soon', { timeout: 60_000 }, (_, text, shown) => {
  const pieces = Array.from({ length: Math.ceil(text.length / 5000) }, (_, index) =>
    text.slice(index * 5000, (index + 1) * 5000),
  )
  const busyMs = busyTime(() => {
    const { root } = streamed(pieces, {}, (index) => index % 10 === 0)
    expect(toPlainText(root)).toContain(shown)
  })
  expect(busyMs).toBeLessThan(longestMs)
})

it('makes no million cells of a few thousand characters', () => {
  const text = `${'|a'.repeat(1_000)}\n${'|-'.repeat(1_000)}\n${'b\n'.repeat(1_000)}`
  const { root } = streamed(text.match(/[\s\S]{1,500}/g) ?? [], {}, () => true)
  expect(describeTree(root)).toBe(describeTree(parse(text)))
  const [table] = root.children
  if (table?.type !== 'table') throw new Error('It is a table.')
  expect(table.rows).toHaveLength(1_001)
  expect(table.rows.flatMap(({ cells }) => cells).length).toBeLessThan(15_000)
  expect(toPlainText(table).match(/b/g)).toHaveLength(1_000)
})

it('takes what is nested deeper than the limit for text', () => {
  const html = toHtml(parse(`${'> '.repeat(101)}a`))
  expect(html).toBe(`${'<blockquote>\n'.repeat(100)}<p>&gt; a</p>\n${'</blockquote>\n'.repeat(100)}`)
})
