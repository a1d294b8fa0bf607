import { createHighlighter } from '@millrace/markdown/highlight'
import { raceMillrace } from '../lib/millrace.tsx'

raceMillrace({ highlighter: createHighlighter() })
