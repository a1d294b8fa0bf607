import type { ClipboardEvent } from 'react'
import { treeOf } from '../react/shown-trees.ts'
import { selectionSource } from './selection-source.ts'

/**
 * Puts the Markdown source of what is selected on the clipboard: `<Markdown sourceMarks onCopy={copyAsMarkdown} />`.
 * Blocks that are selected as a whole are copied as they were written, of others the text that is selected. A selection
 * that reaches out of the element is copied as it always is.
 */
export function copyAsMarkdown(event: ClipboardEvent<HTMLElement>): void {
  const element = event.currentTarget
  const tree = treeOf(element)
  const source = tree && selectionSource(element, tree)
  if (source === undefined) return
  event.clipboardData.setData('text/plain', source)
  event.preventDefault()
}
