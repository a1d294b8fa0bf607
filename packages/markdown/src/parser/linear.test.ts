import { describe, expect, it } from 'vitest'
import { answer, code, sentence, tableRow, words } from '../test-support/documents.ts'
import { createRandom } from '../test-support/random.ts'
import { createMarkdownStream, type MarkdownStream } from './markdown-stream.ts'

/** Pieces of 20 characters, and a flush each 200: what a fast model sends between two frames. */
function stream(text: string): MarkdownStream {
  const stream = createMarkdownStream()
  for (let at = 0; at < text.length; at += 20) {
    stream.push(text.slice(at, at + 20))
    if (at % 200 === 0) stream.flush()
  }
  stream.end()
  return stream
}

function workPerCharacter(text: string): number {
  const { inlineCharacters, received } = stream(text).counters
  return inlineCharacters / received
}

function fill(length: number, start: string, next: (index: number) => string): string {
  let text = start
  for (let index = 0; text.length < length; index++) text += next(index)
  return text
}

const size = 200_000
const random = createRandom(9)
const sentences = (separator: string) => (index: number) => `${index ? separator : ''}${sentence(random)}`

const inputs: readonly (readonly [name: string, text: string])[] = [
  ['answers of all kinds', answer(random, size)],
  ['an open fence', fill(size, '```ts\n', () => `${code(random).replace(/^```.*$/gm, '')}\n`)],
  ['an open table', fill(size, '| a | b | c |\n|---|---|---|\n', () => `${tableRow(random, 3)}\n`)],
  ['an open list', fill(size, '', (index) => `${index + 1}. ${sentence(random)}\n`)],
  ['one paragraph', fill(size, '', sentences(' '))],
  ['one paragraph of many lines', fill(size, '', sentences('\n'))],
  ['one paragraph in Chinese', fill(size, '', () => `${words(random, 1)}回答一段一段地到来，页面应当保持流畅。`)],
  ['an open bracket', `[${words(random, size / 5)}`],
  ['an open backtick', `a \`${words(random, size / 5)}`],
  ['an open star', `a *${words(random, size / 5)}`],
  ['open stars', fill(size, '', () => '*a ')],
  ['open brackets', fill(size, '', () => '[a ')],
  ['open links', fill(size, '', () => '[a](b ')],
  ['open tags', fill(size, '', () => '<a b ')],
  ['closers without openers', fill(size, '', () => 'a* b_ ')],
  ['openers of another kind', '*a '.repeat(size / 6) + 'b_ '.repeat(size / 6)],
  ['a cell of 64 kB', `| a |\n|---|\n| ${words(random, 12_000)} |\n`],
  ['a heading of 64 kB', `# ${words(random, 12_000)}\n`],
  ['a line of raw HTML', `<b>${words(random, 12_000)}\n`],
  ['lists 30 deep', fill(size, '', (index) => `${'  '.repeat(index % 30)}- ${words(random, 3)}\n`)],
  [
    '10,000 definitions that come late',
    fill(size / 2, '', (index) => `${words(random, 3)} [label ${index}]. `) +
      Array.from({ length: 10_000 }, (_, index) => `\n\n[label ${index}]: /url`).join(''),
  ],
]

describe('parses each character at most ten times', () => {
  it.each(inputs)('in %s', (_, text) => {
    expect(workPerCharacter(text)).toBeLessThan(10)
  })
})

it('parses lines no more often where nothing can be settled', () => {
  const stream = createMarkdownStream()
  stream.push(`*a\n${'b\n'.repeat(2_000)}\n`.repeat(50))
  stream.end()
  expect(stream.counters.inlineCharacters / stream.counters.received).toBeLessThan(10)
})

it('does as much work for each character of a long text as of a short one', () => {
  for (const write of [sentences(' '), (index: number) => `${index}. ${sentence(random)}\n`]) {
    const short = workPerCharacter(fill(50_000, '', write))
    const long = workPerCharacter(fill(400_000, '', write))
    expect(long).toBeLessThan(short * 1.2)
  }
})

it('changes closed blocks for late definitions alone, and only those that use them', () => {
  const uses = Array.from({ length: 50 }, (_, index) => `See [label ${index}].\n\n`).join('')
  const { counters } = stream(`${uses}[label 7]: /url\n\n[label 9]: /url\n`)
  expect(counters.closedChanges).toBe(2)
})
