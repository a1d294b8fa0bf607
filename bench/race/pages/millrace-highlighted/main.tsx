import { createWorkerHighlighter } from '@millrace/markdown/highlight'
import { raceMillrace } from '../lib/millrace.tsx'

const openWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

raceMillrace({ highlighter: createWorkerHighlighter(openWorker) })
