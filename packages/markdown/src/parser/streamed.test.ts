import { describe, expect, it } from 'vitest'
import type { BlockNode, MarkdownDocument, TableRow } from '../index.ts'
import { anyText } from '../test-support/cases.ts'
import { answer } from '../test-support/documents.ts'
import { createRandom, cutAtRandom } from '../test-support/random.ts'
import { describeTree, parse, streamed } from '../test-support/tree.ts'
import { createMarkdownStream } from './markdown-stream.ts'

// `pnpm fuzz:markdown` tries 100,000; here are as many as take a few seconds.
const runs = Number(process.env.MILLRACE_MARKDOWN_CASES ?? 1000)
const firstSeed = Number(process.env.MILLRACE_MARKDOWN_SEED ?? 1)
// Failures name the seed; each part keeps the report of progress short.
const partLength = 500
const parts = Array.from({ length: Math.ceil(runs / partLength) }, (_, index) => firstSeed + index * partLength)

type AnyNode = MarkdownDocument | BlockNode | TableRow

/**
 * All that shows of a node, and when what is inside of it changed. Its places in the source are no such thing, and may
 * move unstamped while it is open.
 */
function describeContents(node: AnyNode): string {
  const stamps = (nodes: readonly AnyNode[] | undefined) => nodes?.map(({ stamp }) => stamp)
  const inside = {
    ...('children' in node && { children: stamps(node.children) }),
    ...('rows' in node && { rows: stamps(node.rows) }),
    ...('footnotes' in node && { footnotes: stamps(node.footnotes?.children) }),
  }
  return describeTree({ ...node, ...inside }).replace(/"(?:start|end)":\d+,|"(?:open|endsBlank|isSettled)":\w+,?/g, '')
}

describe('for every cutting the final tree is that of the whole text', () => {
  it.each(parts)('in 500 texts from seed %i', { timeout: 120_000 }, (first) => {
    for (let seed = first; seed < first + partLength; seed++) {
      const random = createRandom(seed)
      const text = anyText(random)
      const flushes = random.pick([0.1, 0.5, 1])
      const { root } = streamed(cutAtRandom(text, random), {}, () => random.chance(flushes))
      if (describeTree(root) !== describeTree(parse(text))) {
        expect(describeTree(root), `seed ${seed}: ${JSON.stringify(text)}`).toBe(describeTree(parse(text)))
      }
    }
  })
})

it('has the same tree for a text that comes in single characters, each of them flushed', () => {
  const text = answer(createRandom(3), 4000)
  expect(describeTree(streamed([...text], {}, () => true).root)).toBe(describeTree(parse(text)))
})

it('never changes what is closed, but for definitions that come late', () => {
  const text = answer(createRandom(5), 10_000).replace(/^\[.*$/gm, 'No definition.')
  const stream = createMarkdownStream()
  const settled = new Map<BlockNode, string>()
  for (const piece of cutAtRandom(text, createRandom(6), 60)) {
    stream.push(piece)
    stream.flush()
    // The last two blocks may be there for display alone.
    for (const block of stream.root.children.slice(0, -2)) {
      const now = describeTree(block)
      expect(now).toBe(settled.get(block) ?? now)
      settled.set(block, now)
    }
  }
  expect(settled.size).toBeGreaterThan(20)
  expect(stream.counters.closedChanges).toBe(0)
})

it('stamps what changed and all around it, and nothing else', () => {
  const stream = createMarkdownStream()
  stream.push('First.\n\n> - an item')
  stream.flush()
  const [first, quote] = stream.root.children
  const before = [first?.stamp, quote?.stamp]
  stream.push(' that grows')
  const changed = stream.flush()
  expect([first?.stamp, quote?.stamp]).toEqual([before[0], (before[1] ?? 0) + 1])
  expect(stream.root.stamp).toBe(quote?.stamp)
  expect(changed.map(({ type }) => type)).toEqual(['paragraph'])
})

it('stamps every node whose contents changed', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = createRandom(seed)
    const stream = createMarkdownStream()
    const before = new Map<AnyNode, { stamp: number; contents: string }>()
    const compare = (node: AnyNode): void => {
      const { stamp } = node
      const contents = describeContents(node)
      const last = before.get(node)
      if (last?.stamp === stamp) expect(contents, `seed ${seed}`).toBe(last.contents)
      before.set(node, { stamp, contents })
      if ('children' in node) for (const child of node.children) compare(child)
      if (node.type === 'table') for (const row of node.rows) compare(row)
    }
    for (const piece of cutAtRandom(anyText(random).slice(0, 1500), random)) {
      stream.push(piece)
      stream.flush()
      compare(stream.root)
    }
  }
})

it('returns from its end what the end changed', () => {
  const stream = createMarkdownStream()
  stream.push('Some **bold')
  stream.flush()
  const changed = stream.end()
  expect(changed.map(({ type }) => type)).toEqual(['paragraph'])
  expect(describeTree(stream.root)).toBe(describeTree(parse('Some **bold')))
})

it('returns all that changed, however far from the end it stands', () => {
  const stream = createMarkdownStream()
  stream.push('See [a].\n\none\n\ntwo\n\nthree\n\nfour\n\n')
  expect(stream.flush()).toEqual(stream.root.children)
  stream.push('[a]: /b\n\nfive')
  expect(stream.flush()).toEqual([stream.root.children[0], stream.root.children.at(-1)])
})

it('changes nothing when nothing came', () => {
  const stream = createMarkdownStream()
  stream.push('Some text')
  stream.flush()
  expect(stream.flush()).toEqual([])
})

it('ignores what comes after the end', () => {
  const stream = createMarkdownStream()
  stream.push('Some text')
  stream.end()
  stream.push(' and more')
  expect([stream.flush(), stream.end()]).toEqual([[], []])
  expect(describeTree(stream.root)).toBe(describeTree(parse('Some text')))
})
