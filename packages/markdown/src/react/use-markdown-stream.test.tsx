// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Markdown } from './markdown.tsx'
import { type MarkdownFeed, useMarkdownStream } from './use-markdown-stream.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function start() {
  const renders = vi.fn()
  let stream: MarkdownFeed | undefined
  function Page() {
    renders()
    stream = useMarkdownStream()
    return <Markdown stream={stream} />
  }
  const { container } = render(<Page />)
  if (!stream) throw new Error('Nothing was rendered.')
  renders.mockClear()
  return { stream, container, renders }
}

const frame = () => act(() => vi.advanceTimersByTime(20))

it('shows what is pushed with the next frame, once', () => {
  const { stream, container, renders } = start()
  stream.push('a *b')
  stream.push('* c')
  expect(container.textContent).toBe('')
  frame()
  expect(container.innerHTML).toContain('<p data-open="true">a <em>b</em> c</p>')
  expect(renders).not.toHaveBeenCalled()
})

it('shows the end at once', () => {
  const { stream, container } = start()
  stream.push('a *b')
  act(() => stream.end())
  expect(container.innerHTML).toContain('<p>a *b</p>')
  stream.push('ignored')
  frame()
  expect(container.textContent).toBe('a *b')
})

it('begins again after a reset', () => {
  const { stream, container } = start()
  stream.push('a')
  act(() => stream.end())
  act(() => stream.reset())
  expect(container.textContent).toBe('')
  stream.push('b')
  frame()
  expect(container.textContent).toBe('b')
})

it('goes on in a hidden tab, which gets no frames', () => {
  vi.stubGlobal('requestAnimationFrame', () => 1)
  const { stream, container } = start()
  stream.push('a')
  act(() => vi.advanceTimersByTime(250))
  expect(container.textContent).toBe('a')
  vi.unstubAllGlobals()
})
