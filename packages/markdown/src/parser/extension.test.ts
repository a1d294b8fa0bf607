import { describe, expect, it } from 'vitest'
import { createRandom, cutAtRandom } from '../test-support/random.ts'
import { toHtml } from '../test-support/to-html.ts'
import { describeTree, parse, streamed } from '../test-support/tree.ts'
import type { MarkdownExtension } from './extension.ts'
import { createMarkdownStream } from './markdown-stream.ts'

const math: MarkdownExtension = {
  name: 'math',
  block: {
    trigger: '$',
    start: (line) => (/^\$\$\s*$/.test(line) ? { end: (last) => /^\$\$\s*$/.test(last) } : undefined),
  },
  inline: {
    trigger: '$',
    parse(text, at) {
      const end = text.indexOf('$', at + 1)
      if (end < 0) return 'unfinished'
      return end > at + 1 ? { end: end + 1, value: text.slice(at + 1, end) } : undefined
    },
  },
}
const note: MarkdownExtension = {
  name: 'note',
  block: {
    trigger: ':',
    start(line) {
      const [, info = ''] = /^::: ?(\w+)/.exec(line) ?? []
      return info ? { info, line: 'first', end: (last) => last.startsWith(':::') && 'last' } : undefined
    },
  },
}
const options = { extensions: [math, note] }
const html = (text: string) => toHtml(parse(text, options))

describe('a block of an extension', () => {
  it('holds its lines as they are, up to the line that ends it', () => {
    expect(html('$$\na *b*\n\n# c\n$$\nafter')).toBe('<math data-info="">a *b*\n\n# c</math>\n<p>after</p>\n')
  })

  it('may have content in its first line and its last', () => {
    expect(html('::: tip\nmiddle\n:::')).toBe('<note data-info="tip">first\nmiddle\nlast</note>\n')
  })

  it('interrupts a paragraph, and may stand in a quote', () => {
    expect(html('text\n$$\na\n$$')).toBe('<p>text</p>\n<math data-info="">a</math>\n')
    expect(html('> $$\n> a\n> $$')).toBe('<blockquote>\n<math data-info="">a</math>\n</blockquote>\n')
  })

  it('withholds a line that may end it', () => {
    const stream = createMarkdownStream(options)
    stream.push('$$\na\n$')
    stream.flush()
    expect(toHtml(stream.root)).toBe('<math data-info="">a</math>\n')
  })
})

it('waits for all of a line that begins as text would', () => {
  const toc: MarkdownExtension = {
    name: 'toc',
    block: { trigger: '[*', start: (line) => (/^(?:\[\[toc\]\]|\*TOC\*)$/.test(line) ? {} : undefined) },
  }
  const text = 'a\n\n[[toc]]\n*TOC*\n[[b]] *c*'
  const { root } = streamed([...text], { extensions: [toc] }, () => true)
  expect(root.children.map(({ type }) => type)).toEqual([
    'paragraph',
    'extension-block',
    'extension-block',
    'paragraph',
  ])
  expect(describeTree(root)).toBe(describeTree(parse(text, { extensions: [toc] })))
})

describe('an inline extension', () => {
  it('reads from its trigger on, before anything else has a say', () => {
    expect(html('so $a_1 * b_2 * c$ is **$x$**')).toBe(
      '<p>so <math>a_1 * b_2 * c</math> is <strong><math>x</math></strong></p>\n',
    )
  })

  it('leaves its trigger as text where it declines', () => {
    expect(html('costs $5')).toBe('<p>costs $5</p>\n')
  })
})

it('gives the same tree for every cutting', () => {
  const text = `text $a$ and $b\n$$\n*x*\n$$\n\n${'word $y$ '.repeat(150)}\n\n::: tip\na\n:::\n\nlast $5`
  for (let seed = 0; seed < 50; seed++) {
    const { root } = streamed(cutAtRandom(text, createRandom(seed)), options, () => true)
    expect(describeTree(root)).toBe(describeTree(parse(text, options)))
  }
})
