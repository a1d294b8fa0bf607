import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLineHighlighter } from '../create-line-highlighter.ts'
import { createWorkerHighlighter, type HighlightWorker } from './create-worker-highlighter.ts'
import { type HighlightScope, serveHighlighterIn } from './serve-highlighter.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Every line is one keyword, and a number tells how many came before it. */
const counting = createLineHighlighter(async (language) => {
  if (language !== 'count') return undefined
  return { line: (text, before) => [[{ text, type: 'keyword' }], Number(before ?? 0) + 1] }
})

/** A page and its worker, and what goes to and fro: copies, as between threads. */
function createPair() {
  const toWorker: ((event: MessageEvent) => void)[] = []
  const toPage: ((event: MessageEvent) => void)[] = []
  const sent: unknown[] = []
  const post = (listeners: typeof toWorker) => (message: unknown) => {
    sent.push(message)
    for (const listener of listeners) listener(new MessageEvent('message', { data: structuredClone(message) }))
  }
  const scope: HighlightScope = {
    postMessage: post(toPage),
    addEventListener: (_, listener) => void toWorker.push(listener),
  }
  const worker = {
    postMessage: post(toWorker),
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => void toPage.push(listener),
  } as HighlightWorker
  serveHighlighterIn(scope, counting)
  return { sent, highlighter: createWorkerHighlighter(() => worker) }
}

it('colours the lines of a block as they come, each sent once', async () => {
  const { highlighter, sent } = createPair()
  const onTokens = vi.fn()
  const code = highlighter.start('count', onTokens)
  code.grow(['a', 'b'])
  await vi.advanceTimersByTimeAsync(100)
  code.grow(['a', 'b', 'c'])
  code.grow(['a', 'b', 'c'])
  await vi.advanceTimersByTimeAsync(100)
  expect(code.lines.flat().map(({ text }) => text)).toEqual(['a', 'b', 'c'])
  expect(onTokens).toHaveBeenCalledTimes(2)
  expect(sent.filter((message) => JSON.stringify(message).includes('"grow"'))).toHaveLength(2)
})

it('keeps blocks apart, and leaves a language plain that it does not know', async () => {
  const { highlighter } = createPair()
  const [one, other, unknown] = ['count', 'count', 'latin'].map((language) => highlighter.start(language, () => {}))
  one?.grow(['a'])
  other?.grow(['b'])
  unknown?.grow(['c'])
  await vi.advanceTimersByTimeAsync(100)
  expect([one, other, unknown].map((block) => block?.lines.flat().map(({ text }) => text))).toEqual([['a'], ['b'], []])
})

it('leaves code plain where no worker can be started', () => {
  const createWorker = vi.fn(() => {
    throw new DOMException('of another origin', 'SecurityError')
  })
  const highlighter = createWorkerHighlighter(createWorker)
  const code = highlighter.start('count', () => {})
  code.grow(['a'])
  code.stop()
  expect(code.lines).toEqual([])
  expect(createWorker).toHaveBeenCalledOnce()
})

it('reports nothing after it was stopped', async () => {
  const { highlighter } = createPair()
  const onTokens = vi.fn()
  const code = highlighter.start('count', onTokens)
  code.grow(['a'])
  code.stop()
  code.stop()
  await vi.advanceTimersByTimeAsync(100)
  expect(onTokens).not.toHaveBeenCalled()
})
