import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLineHighlighter } from './create-line-highlighter.ts'
import type { LineHighlighter } from './highlighter.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const words: LineHighlighter = {
  line: (text, state = 0) => [[{ text, type: 'keyword' }], Number(state) + 1],
}

const load = (language: LineHighlighter | undefined) => vi.fn(async (_: string) => language)

function start(loadLanguage: (language: string) => Promise<LineHighlighter | undefined>, onTokens = () => {}) {
  return createLineHighlighter(loadLanguage).start('ts', onTokens)
}

const settle = () => vi.runAllTimersAsync()

it('loads the language before there is any line, but not at once', async () => {
  const loadWords = load(words)
  start(loadWords)
  expect(loadWords).not.toHaveBeenCalled()
  await settle()
  expect(loadWords).toHaveBeenCalledExactlyOnceWith('ts')
})

it('tokenises each whole line once', async () => {
  const line = vi.fn(words.line)
  const onTokens = vi.fn()
  const tokens = start(load({ line }), onTokens)
  tokens.grow(['a', 'b'])
  await settle()
  expect(tokens.lines).toHaveLength(2)
  tokens.grow(['a', 'b', 'c'])
  await settle()
  expect(line.mock.calls).toEqual([
    ['a', undefined],
    ['b', 1],
    ['c', 2],
  ])
  expect(onTokens).toHaveBeenCalledTimes(2)
})

it('shows a line plain where the tokens are not the line', async () => {
  const tokens = start(load({ line: () => [[{ text: '<b>' }], undefined] }))
  tokens.grow(['a'])
  await settle()
  expect(tokens.lines).toEqual([[{ text: 'a' }]])
})

it('leaves the rest plain after an error', async () => {
  const line = vi.fn((): never => {
    throw new Error('no')
  })
  const onTokens = vi.fn()
  const tokens = start(load({ line }), onTokens)
  tokens.grow(['a', 'b'])
  await settle()
  expect(line).toHaveBeenCalledOnce()
  expect(onTokens).not.toHaveBeenCalled()
})

it('leaves code plain whose language is not known or cannot be had', async () => {
  const onTokens = vi.fn()
  for (const fails of [async () => undefined, () => Promise.reject(new Error('offline'))]) {
    start(fails, onTokens).grow(['a'])
  }
  await settle()
  expect(onTokens).not.toHaveBeenCalled()
})

it('reports nothing once it is stopped', async () => {
  const onTokens = vi.fn()
  const tokens = start(load(words), onTokens)
  tokens.grow(['a'])
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
  const tokens = start(load(slow), onTokens)
  tokens.grow(Array.from({ length: 10 }, String))
  await settle()
  expect(tokens.lines).toHaveLength(10)
  expect(onTokens).toHaveBeenCalledTimes(5)
})
