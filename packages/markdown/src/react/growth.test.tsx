// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Markdown } from './markdown.tsx'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/** A text that somebody else holds. */
function createGrowth(first: string) {
  const listeners = new Set<() => void>()
  let text = first
  return {
    listeners,
    add(more: string, afterMs = 60) {
      text += more
      act(() => {
        vi.advanceTimersByTime(afterMs)
        for (const listener of listeners) listener()
      })
    },
    growth: {
      getText: () => text,
      subscribe(listener: () => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
  }
}

it('shows what a text becomes without a render, in one commit, and keeps the elements', () => {
  const { growth, add } = createGrowth('Water **turns')
  let commits = 0
  const { container } = render(
    <Profiler id="markdown" onRender={() => commits++}>
      <Markdown text="Water **turns" streaming growth={growth} />
    </Profiler>,
  )
  const strong = container.querySelector('strong')
  commits = 0
  add(' the** wheel')
  expect(container.textContent).toBe('Water turns the wheel')
  expect(container.querySelector('strong')).toBe(strong)
  expect(commits).toBe(1)
})

it('draws no more often than every third frame, and what came last all the same', () => {
  const { growth, add } = createGrowth('a')
  const { container } = render(<Markdown text="a" streaming growth={growth} />)
  add('b')
  add('c', 10)
  add('d', 10)
  expect(container.textContent).toBe('ab')
  act(() => void vi.advanceTimersByTime(40))
  expect(container.textContent).toBe('abcd')
})

it('stays with what it has grown to when it is rendered with an earlier text', () => {
  const { growth, add } = createGrowth('a')
  const { container, rerender } = render(<Markdown text="a" streaming growth={growth} />)
  add('bc')
  const paragraph = container.querySelector('p')
  rerender(<Markdown text="ab" streaming growth={growth} className="other" />)
  expect(container.textContent).toBe('abc')
  expect(container.querySelector('p')).toBe(paragraph)
})

it('shows the end at once, and listens no more', () => {
  const { growth, add, listeners } = createGrowth('a')
  const { container, rerender } = render(<Markdown text="a" streaming growth={growth} />)
  add('b', 1)
  rerender(<Markdown text="abc" growth={growth} />)
  expect(container.textContent).toBe('abc')
  expect(listeners.size).toBe(0)
})
