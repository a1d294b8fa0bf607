import { createHighlighter, type HighlighterOptions } from '../create-highlighter.ts'
import type { CodeTokens, Highlighter } from '../highlighter.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** What is needed of the global object of a worker. */
export interface HighlightScope {
  postMessage(message: FromWorker): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void
}

interface Block {
  readonly tokens: CodeTokens
  readonly source: string[]
  sent: number
  timer?: ReturnType<typeof setTimeout> | undefined
}

/** The page draws each batch: a few large ones cost less than many that are small. */
const batchMs = 50

/** For the file of a worker: colours code for `createWorkerHighlighter`. */
export function serveHighlighter(options: HighlighterOptions = {}): void {
  // The types of a page know no worker's global object.
  serveHighlighterIn(globalThis as unknown as HighlightScope, createHighlighter(options))
}

export function serveHighlighterIn(scope: HighlightScope, highlighter: Highlighter): void {
  const blocks = new Map<number, Block>()

  function start(number: number, language: string): void {
    const tokens = highlighter.start(language, () => {
      block.timer ??= setTimeout(send, batchMs)
    })
    const block: Block = { tokens, source: [], sent: 0 }

    function send(): void {
      block.timer = undefined
      const lines = tokens.lines.slice(block.sent)
      block.sent += lines.length
      scope.postMessage({ block: number, lines })
    }
    blocks.set(number, block)
  }

  function grow(block: Block | undefined, lines: readonly string[]): void {
    // One by one: there may be more than a call can have arguments.
    for (const line of lines) block?.source.push(line)
    block?.tokens.grow(block.source)
  }

  function stop(block: Block | undefined): void {
    clearTimeout(block?.timer)
    block?.tokens.stop()
  }

  scope.addEventListener('message', ({ data }) => {
    if (data.type === 'start') start(data.block, data.language)
    else if (data.type === 'grow') grow(blocks.get(data.block), data.lines)
    else {
      stop(blocks.get(data.block))
      blocks.delete(data.block)
    }
  })
}
