// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { type ReactElement, type ReactNode, StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inertHtml } from './inert-html.tsx'
import { Markdown, type MarkdownTextProps } from './markdown.tsx'
import { piecesOf, texts } from './test-support/texts.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

type Props = Partial<MarkdownTextProps>

const view = (text: string, streaming: boolean, props: Props = {}): ReactElement => (
  <Markdown text={text} streaming={streaming} idPrefix="" inertHtml={inertHtml} {...props} />
)

function oneShot(text: string, props: Props = {}): string {
  const { container, unmount } = render(view(text, false, props))
  const html = container.innerHTML
  unmount()
  return html
}

interface Streamed {
  readonly container: HTMLElement
  readonly show: (text: string, streaming?: boolean) => void
}

function startStream(props: Props = {}): Streamed {
  const { container, rerender } = render(view('', true, props))
  return { container, show: (text, streaming = true) => rerender(view(text, streaming, props)) }
}

function streamInto({ show }: Streamed, pieces: readonly string[]): void {
  let text = ''
  for (const piece of pieces) {
    text += piece
    show(text)
  }
  show(text, false)
}

describe('what is shown in the end', () => {
  it.each(Object.entries(texts))('is the same for %s however it came', { timeout: 30_000 }, (_, text) => {
    const expected = oneShot(text)
    for (const seed of [1, 2, 3]) {
      const stream = startStream()
      streamInto(stream, piecesOf(text, seed, seed * 30))
      expect(stream.container.innerHTML).toBe(expected)
      cleanup()
    }
  })

  it('is the same for every place at which a text is cut once', { timeout: 30_000 }, () => {
    const text = `${texts.footnotes}${texts.lateDefinitions}`
    const expected = oneShot(text)
    for (let cut = 0; cut < text.length; cut += 5) {
      const stream = startStream()
      streamInto(stream, [text.slice(0, cut), text.slice(cut)])
      expect(stream.container.innerHTML).toBe(expected)
      cleanup()
    }
  })

  it('is the same in strict mode', () => {
    const text = texts.answer ?? ''
    const { container, rerender } = render(<StrictMode>{view('', true)}</StrictMode>)
    let shown = ''
    for (const piece of piecesOf(text, 4)) {
      shown += piece
      rerender(<StrictMode>{view(shown, true)}</StrictMode>)
    }
    rerender(<StrictMode>{view(text, false)}</StrictMode>)
    expect(container.innerHTML).toBe(oneShot(text))
  })
})

it('shows at each moment what a fresh rendering of the same text shows', { timeout: 30_000 }, () => {
  const text = `${texts.lists}\n\n${texts.longBlocks?.slice(0, 3_000)}`
  const stream = startStream()
  let shown = ''
  for (const piece of piecesOf(text, 5, 200)) {
    shown += piece
    stream.show(shown)
    vi.advanceTimersByTime(1_000)
    const fresh = render(view(shown, true))
    expect(stream.container.innerHTML).toBe(fresh.container.innerHTML)
    fresh.unmount()
  }
})

it('begins anew with a text that is another', () => {
  const stream = startStream()
  for (const text of ['# one\n\ntwo', '# ONE\n\ntwo and more', '# ONE', '', '- a', '- a\n- b']) {
    stream.show(text)
    const fresh = render(view(text, true))
    expect(stream.container.innerHTML).toBe(fresh.container.innerHTML)
    fresh.unmount()
  }
})

it('goes on after it seemed to be done', () => {
  const stream = startStream()
  stream.show('*a', false)
  expect(stream.container.textContent).toBe('*a')
  stream.show('*a* b', true)
  expect(stream.container.querySelector('em')?.textContent).toBe('a')
})

it('keeps the elements of a text when it is closed', () => {
  const stream = startStream()
  stream.show('See *this* and')
  const emphasis = stream.container.querySelector('em')
  const text = emphasis?.nextSibling
  stream.show('See *this* and more.\n\nNext')
  expect(stream.container.querySelector('em')).toBe(emphasis)
  expect(emphasis?.nextSibling).toBe(text)
  expect(text?.nodeValue).toBe(' and more.')
})

describe('what is closed', () => {
  it('is not touched again', async () => {
    vi.useRealTimers()
    const stream = startStream()
    const closed = '# One\n\nTwo *three*.\n\n- four\n\n```ts\nfive\n```\n\n'
    stream.show(`${closed}Six`)
    const touched: Node[] = []
    const blocks = [...(stream.container.firstElementChild?.children ?? [])].slice(0, -1)
    const observer = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)))
    for (const block of blocks) {
      observer.observe(block, { subtree: true, childList: true, characterData: true, attributes: true })
    }
    let text = `${closed}Six`
    for (const piece of piecesOf(` and seven.\n\n> eight\n\n| a |\n|---|\n| nine |\n\n${texts.longBlocks}`, 6, 90)) {
      text += piece
      stream.show(text)
    }
    stream.show(text, false)
    await Promise.resolve()
    observer.disconnect()
    expect(blocks.length).toBe(4)
    expect(touched).toEqual([])
  })

  it('is touched where a definition comes late, and nowhere else', () => {
    const stream = startStream()
    const text = 'First.\n\nSee [the map].\n\nLast.\n\n'
    stream.show(text)
    const [first, user, last] = stream.container.querySelectorAll('p')
    const before = first?.innerHTML
    stream.show(`${text}[the map]: https://example.com/map\n\nMore`)
    expect(user?.querySelector('a')?.getAttribute('href')).toBe('https://example.com/map')
    expect([...stream.container.querySelectorAll('p')].slice(0, 3)).toEqual([first, user, last])
    expect(first?.innerHTML).toBe(before)
  })
})

describe('how much is rendered', () => {
  /** Which elements are rendered in the last of many commits. */
  function rendersOfLastCommit(items: number): string[] {
    const rendered: string[] = []
    const counted = (Tag: 'li' | 'strong' | 'ul') =>
      function Counted({ children }: { readonly children?: ReactNode }) {
        rendered.push(Tag)
        return <Tag>{children}</Tag>
      }
    const components = { li: counted('li'), strong: counted('strong'), ul: counted('ul') }
    const text = `${Array.from({ length: items }, (_, index) => `- **${index}**`).join('\n')}\n- a **b`
    const stream = startStream({ components })
    stream.show(text)
    vi.advanceTimersByTime(1_000)
    rendered.length = 0
    stream.show(`${text} c`)
    act(() => vi.advanceTimersByTime(1_000))
    cleanup()
    return rendered
  }

  it.each([20, 2_000])('is what changed and what is around it, with %i before it', (items) => {
    expect(rendersOfLastCommit(items)).toEqual(['ul', 'li', 'strong'])
  })

  it('is the last group of lines of a block of code', () => {
    const code = (lines: number) => `\`\`\`\n${Array.from({ length: lines }, (_, index) => `line ${index}`).join('\n')}`
    const stream = startStream()
    stream.show(code(200))
    const groups = [...stream.container.querySelectorAll('[data-code-group=full]')]
    const html = groups.map(({ innerHTML }) => innerHTML)
    stream.show(`${code(200)}1\nand more`)
    expect(groups).toHaveLength(3)
    expect([...stream.container.querySelectorAll('[data-code-group=full]')]).toEqual(groups)
    expect(groups.map(({ innerHTML }) => innerHTML)).toEqual(html)
  })
})

describe('a very long open block', () => {
  const long = 'word '.repeat(10_000)

  it('waits until it has grown by a part of its length', () => {
    const stream = startStream()
    stream.show(long)
    stream.show(`${long}more`)
    expect(stream.container.textContent).not.toContain('more')
    stream.show(`${long}more${'word '.repeat(250)}`)
    expect(stream.container.textContent).toContain('more')
  })

  it('does not wait for longer than a moment', () => {
    const stream = startStream()
    stream.show(long)
    stream.show(`${long}more`)
    act(() => vi.advanceTimersByTime(200))
    expect(stream.container.textContent).toContain('more')
  })

  it('does not wait at its end', () => {
    const stream = startStream()
    stream.show(long)
    stream.show(`${long}more`, false)
    expect(stream.container.textContent).toContain('more')
  })

  it('notices in the end that something in its middle has changed', () => {
    const stream = startStream()
    stream.show(long)
    const changed = `${long.slice(0, 20_000)}WORD${long.slice(20_004)}more`
    stream.show(changed)
    stream.show(changed, false)
    expect(stream.container.innerHTML).toBe(oneShot(changed))
  })
})
