import { createWorkerHighlighter } from '@millrace/markdown/highlight'

/** One for the page: it keeps the languages that it loaded. Its work is done beside the page, which stays as quick. */
export const highlighter = createWorkerHighlighter(
  () => new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' }),
)
