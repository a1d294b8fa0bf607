import { serveHighlighter } from '@millrace/markdown/highlight'

serveHighlighter()
