import type { Line } from '../line.ts'
import { createInner } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

export const startQuote: BlockStartRule = (line, parent, tree) => {
  const start = line.contentStart
  if (!takeQuoteMarker(line)) return
  return tree.add({ ...createInner(start), type: 'block-quote', children: [] }, parent)
}

/** A quote goes on in lines that have its marker. */
export function takeQuoteMarker(line: Line): boolean {
  if (line.isIndented || line.first !== '>') return false
  line.skip(line.indent + 1)
  // One space after it belongs to it.
  line.skipIndent(1)
  return true
}
