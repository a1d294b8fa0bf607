import { expect, it } from 'vitest'
import * as diagrams from './diagrams/index.ts'
import * as highlight from './highlight/index.ts'
import * as markdown from './index.ts'
import * as math from './math/index.ts'

it('exports these names', () => {
  expect(Object.keys(markdown).sort()).toEqual([
    'Markdown',
    'copyAsMarkdown',
    'createMarkdownStream',
    'defaultUrlPolicy',
    'inertHtml',
    'toPlainText',
    'useMarkdownStream',
  ])
})

it('exports these names for code, formulas and diagrams', () => {
  expect(Object.keys(highlight).sort()).toEqual([
    'createHighlighter',
    'createLineHighlighter',
    'createWorkerHighlighter',
    'serveHighlighter',
  ])
  expect(Object.keys(math)).toEqual(['math'])
  expect(Object.keys(diagrams)).toEqual(['createDiagrams'])
})
