import { createWorkerHighlighter } from '@millrace/markdown/highlight'
import { raceMillrace } from '../lib/millrace.tsx'

raceMillrace({ highlighter: createWorkerHighlighter(() => new Worker('worker.js', { type: 'module' })) })
