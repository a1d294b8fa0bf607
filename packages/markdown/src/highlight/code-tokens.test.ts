import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createCodeTokens } from './code-tokens.ts'
import type { Highlighter, LineHighlighter } from './highlighter.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const words: LineHighlighter = {
  line: (text, state = 0) => [[{ text, type: 'keyword' }], Number(state) + 1],
}

function highlighterOf(
  language: LineHighlighter | undefined,
): Highlighter & { readonly load: ReturnType<typeof vi.fn> } {
  return { load: vi.fn(async () => language) }
}

const settle = () => vi.runAllTimersAsync()

it('loads the language before there is any line, but not at once', async () => {
  const highlighter = highlighterOf(words)
  createCodeTokens(highlighter, 'ts', () => {})
  expect(highlighter.load).not.toHaveBeenCalled()
  await settle()
  expect(highlighter.load).toHaveBeenCalledExactlyOnceWith('ts')
})

it('tokenises each whole line once', async () => {
  const line = vi.fn(words.line)
  const onTokens = vi.fn()
  const tokens = createCodeTokens(highlighterOf({ line }), 'ts', onTokens)
  tokens.grow(['a', 'b', 'c'], 2)
  await settle()
  expect(tokens.lines).toHaveLength(2)
  tokens.grow(['a', 'b', 'c'], 3)
  await settle()
  expect(line.mock.calls).toEqual([
    ['a', undefined],
    ['b', 1],
    ['c', 2],
  ])
  expect(onTokens).toHaveBeenCalledTimes(2)
})

it('shows a line plain where the tokens are not the line', async () => {
  const tokens = createCodeTokens(highlighterOf({ line: () => [[{ text: '<b>' }], undefined] }), 'ts', () => {})
  tokens.grow(['a'], 1)
  await settle()
  expect(tokens.lines).toEqual([[{ text: 'a' }]])
})

it('leaves the rest plain after an error', async () => {
  const line = vi.fn((): never => {
    throw new Error('no')
  })
  const onTokens = vi.fn()
  const tokens = createCodeTokens(highlighterOf({ line }), 'ts', onTokens)
  tokens.grow(['a', 'b'], 2)
  await settle()
  expect(line).toHaveBeenCalledOnce()
  expect(onTokens).not.toHaveBeenCalled()
})

it('leaves code plain whose language is not known or cannot be had', async () => {
  const onTokens = vi.fn()
  for (const load of [async () => undefined, () => Promise.reject(new Error('offline'))]) {
    createCodeTokens({ load }, 'ts', onTokens).grow(['a'], 1)
  }
  await settle()
  expect(onTokens).not.toHaveBeenCalled()
})

it('reports nothing once it is stopped', async () => {
  const onTokens = vi.fn()
  const tokens = createCodeTokens(highlighterOf(words), 'ts', onTokens)
  tokens.grow(['a'], 1)
  tokens.stop()
  await settle()
  expect(onTokens).not.toHaveBeenCalled()
})

it('works in slices, so that a page can do something in between', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  const slow: LineHighlighter = {
    line(text) {
      vi.advanceTimersByTime(4)
      return [[{ text }], undefined]
    },
  }
  const onTokens = vi.fn()
  const tokens = createCodeTokens(highlighterOf(slow), 'ts', onTokens)
  tokens.grow(Array.from({ length: 10 }, String), 10)
  await settle()
  expect(tokens.lines).toHaveLength(10)
  expect(onTokens).toHaveBeenCalledTimes(5)
})
