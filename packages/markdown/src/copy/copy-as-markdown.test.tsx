// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, render } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Markdown } from '../react/markdown.tsx'
import { copyAsMarkdown } from './copy-as-markdown.ts'

afterEach(cleanup)

const text = `# Title

A *paragraph* with [a link](https://example.com).

- one **bold**
- two

> quoted

| a | b |
|---|---|
| 1 | 2 |
| 3 | 4 |

\`\`\`ts
code
\`\`\`
`

/** What is on the clipboard after a selection from one text to another was copied. */
function copied(from: string, to: string): string | undefined {
  const { container } = render(<Markdown text={text} sourceMarks onCopy={copyAsMarkdown} />)
  const place = container.firstElementChild
  if (!place) throw new Error('Nothing was rendered.')
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  let isStarted = false
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const value = node.nodeValue ?? ''
    if (!isStarted && value.includes(from)) {
      range.setStart(node, value.indexOf(from))
      isStarted = true
    }
    if (isStarted && value.includes(to)) {
      range.setEnd(node, value.indexOf(to) + to.length)
      break
    }
  }
  document.getSelection()?.removeAllRanges()
  document.getSelection()?.addRange(range)
  const setData = vi.fn()
  const event = createEvent.copy(place, { clipboardData: { setData } })
  fireEvent(place, event)
  expect(event.defaultPrevented).toBe(setData.mock.calls.length > 0)
  return setData.mock.calls[0]?.[1]
}

describe('what is copied', () => {
  it.each([
    ['of a whole document', 'Title', 'code', text.trimEnd()],
    ['of whole blocks', 'Title', '.', '# Title\n\nA *paragraph* with [a link](https://example.com).'],
    ['of a part of a paragraph', 'ragra', ' wi', 'ragraph wi'],
    ['from the middle of one block to the middle of the next', 'itle', 'paragraph', 'itle\n\nA paragraph'],
    ['of an item', 'bo', 'ld', '- one **bold**'],
    ['of a row', '3', '3', '| 3 | 4 |'],
    ['of rows', '1', '4', '| 1 | 2 |\n| 3 | 4 |'],
  ])('%s', (_, from, to, expected) => {
    expect(copied(from, to)).toBe(expected)
  })
})

it('leaves to the browser what is selected in several documents', () => {
  const { container } = render(
    <>
      <Markdown text="*one*" sourceMarks onCopy={copyAsMarkdown} />
      <p>two</p>
    </>,
  )
  const [first, second] = container.children
  if (!first || !second) throw new Error('There are two elements.')
  const setData = vi.fn()
  document.getSelection()?.setBaseAndExtent(first, 0, second, 1)
  fireEvent.copy(first, { clipboardData: { setData } })
  expect(setData).not.toHaveBeenCalled()
  // As after three clicks, which select a paragraph up to the start of the next.
  document.getSelection()?.setBaseAndExtent(first, 0, second, 0)
  fireEvent.copy(first, { clipboardData: { setData } })
  expect(setData).toHaveBeenCalledWith('text/plain', '*one*')
})

it('leaves alone what is not selected', () => {
  const { container } = render(<Markdown text={text} sourceMarks onCopy={copyAsMarkdown} />)
  document.getSelection()?.removeAllRanges()
  const setData = vi.fn()
  if (container.firstElementChild) fireEvent.copy(container.firstElementChild, { clipboardData: { setData } })
  expect(setData).not.toHaveBeenCalled()
})
