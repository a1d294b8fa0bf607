import type { Highlighter, Token } from '../highlighter.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** What is needed of a `Worker`. */
export type HighlightWorker = Pick<Worker, 'postMessage' | 'addEventListener'>

interface Block {
  readonly lines: (readonly Token[])[]
  readonly onTokens: () => void
}

/**
 * Colours code in a worker, so that the page is as quick with colours as without. The worker calls `serveHighlighter`;
 * where it cannot be started, code stays plain.
 * @param createWorker Called once, with the first block of code: `() => new Worker(new URL('./highlight-worker.js',
 * import.meta.url), { type: 'module' })`.
 */
export function createWorkerHighlighter(createWorker: () => HighlightWorker): Highlighter {
  const blocks = new Map<number, Block>()
  let worker: HighlightWorker | undefined
  let hasStarted = false
  let lastBlock = 0

  function startWorker(): void {
    hasStarted = true
    try {
      worker = createWorker()
    } catch {
      // A script of another origin, or one that the page's policy forbids.
      return
    }
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      const block = blocks.get(data.block)
      for (const line of data.lines) block?.lines.push(line)
      block?.onTokens()
    })
  }

  function send(message: ToWorker): void {
    if (!hasStarted) startWorker()
    worker?.postMessage(message)
  }

  return {
    start(language, onTokens) {
      const block = ++lastBlock
      const lines: (readonly Token[])[] = []
      let sent = 0
      blocks.set(block, { lines, onTokens })
      send({ type: 'start', block, language })
      return {
        lines,
        grow(whole) {
          if (whole.length <= sent) return
          send({ type: 'grow', block, lines: whole.slice(sent) })
          sent = whole.length
        },
        stop() {
          if (blocks.delete(block)) send({ type: 'stop', block })
        },
      }
    },
  }
}
