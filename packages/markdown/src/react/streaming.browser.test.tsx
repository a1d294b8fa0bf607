import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Markdown } from './markdown.tsx'
import { busyTime } from './test-support/busy-time.ts'
import { piecesOf, texts } from './test-support/texts.ts'

let host: HTMLElement
let root: Root

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})

afterEach(() => {
  root.unmount()
  host.remove()
})

function show(text: string, streaming = true): void {
  flushSync(() => root.render(<Markdown text={text} streaming={streaming} idPrefix="" />))
}

function oneShot(text: string): string {
  const place = document.createElement('div')
  const other = createRoot(place)
  flushSync(() => other.render(<Markdown text={text} idPrefix="" />))
  const html = place.innerHTML
  other.unmount()
  return html
}

it.each(Object.entries(texts))('shows the same of %s in the end, however it came', { timeout: 30_000 }, (_, text) => {
  let shown = ''
  for (const piece of piecesOf(text, 7, 60)) {
    shown += piece
    show(shown)
  }
  show(text, false)
  expect(host.innerHTML).toBe(oneShot(text))
})

describe('a selection', () => {
  /** As after what a reader did. */
  const noticed = () => new Promise((resolve) => document.addEventListener('selectionchange', resolve, { once: true }))

  /** Selects some text as a reader would, and gives back what is selected at any time. */
  async function select(wanted: string): Promise<() => string> {
    const texts = document.createTreeWalker(host, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const at = node.nodeValue?.indexOf(wanted) ?? -1
      if (at !== -1) document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length)
    }
    await noticed()
    return () => String(document.getSelection())
  }

  const start = 'A closed paragraph.\n\nAn open one, **bold words** and `co'
  const rest = `de\` that goes on ${'with more words '.repeat(400)}until it ends.\n\n- and a list`

  it.each([
    ['in a block that is closed', 'closed'],
    ['in the block that is written, before its end', 'open one'],
    ['inside of an element of the block that is written', 'old wor'],
  ])('survives %s', async (_, wanted) => {
    show(start)
    const selected = await select(wanted)
    expect(selected()).toBe(wanted)
    let text = start
    for (const piece of piecesOf(rest, 8, 60)) {
      text += piece
      show(text)
      expect(selected()).toBe(wanted)
    }
    show(text, false)
    expect(selected()).toBe(wanted)
  })

  it('survives in code that is written', async () => {
    show('```\nfirst line\nsecond li')
    const selected = await select('rst li')
    show('```\nfirst line\nsecond line\nthird')
    expect(selected()).toBe('rst li')
  })

  it('across blocks survives', async () => {
    show(start)
    const [first, second] = host.querySelectorAll('p')
    const from = first?.firstChild
    const to = second?.firstChild
    if (!from || !to) throw new Error('There are two paragraphs.')
    document.getSelection()?.setBaseAndExtent(from, 2, to, 7)
    await noticed()
    const before = String(document.getSelection())
    show(start + rest)
    expect(String(document.getSelection())).toBe(before)
  })

  it('may be made from the end to the start', async () => {
    show(start)
    const selected = await select('open one')
    const selection = document.getSelection()
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {}
    if (!anchorNode || !focusNode) throw new Error('Something is selected.')
    selection?.setBaseAndExtent(focusNode, focusOffset ?? 0, anchorNode, anchorOffset ?? 0)
    await noticed()
    show(start + rest)
    expect(selected()).toBe('open one')
    expect(selection?.focusOffset).toBeLessThan(selection?.anchorOffset ?? 0)
  })
})

describe('bad input', () => {
  /**
   * How long the page was at work for each piece, commits that came a moment later included. It is not drawn: a paragraph
   * of a megabyte costs the browser more than it costs us.
   */
  async function workOfEach(text: string, step: number): Promise<number[]> {
    host.hidden = true
    const times: number[] = []
    let before = await busyTime()
    for (let start = 0; start < text.length; start += step) {
      show(text.slice(0, start + step), start + step < text.length)
      const after = await busyTime()
      times.push(after - before)
      before = after
    }
    return times
  }

  it.each([
    ['a megabyte without a newline', 'words without an end '.repeat(50_000), 4_000, 50],
    ['5,000 nested quotes', '> '.repeat(5_000), 500, 30],
    ['10,000 brackets', '['.repeat(10_000), 500, 20],
    ['a deep list', Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'), 5_000, 30],
  ])('as %s keeps commits short and shows the text', { timeout: 60_000 }, async (_, text, step, longestMs) => {
    const times = await workOfEach(text, step)
    const slow = times.filter((ms) => ms > longestMs)
    // A collection of garbage may come with one or the other.
    expect(slow.length).toBeLessThanOrEqual(Math.ceil(times.length / 50))
    expect(host.textContent.length).toBeGreaterThan(text.replace(/[> ]|- /g, '').length / 2)
  })
})
