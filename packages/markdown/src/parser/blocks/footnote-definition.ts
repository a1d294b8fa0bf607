import { normalizeLabel } from '../characters.ts'
import type { Line } from '../line.ts'
import { createInner, type FootnoteBlock } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

/** `[^label]: text`. */
export const startFootnote: BlockStartRule = (line, parent, tree) => {
  const [marker, label] = /^\[\^([^\s[\]]+)\]:[ \t]*/.exec(line.content) ?? []
  if (!marker || !label) return
  const footnote: FootnoteBlock = {
    ...createInner(line.contentStart),
    type: 'footnote-definition',
    label,
    number: 0,
    references: [],
    children: [],
  }
  line.skip(line.indent + marker.trimEnd().length)
  line.skipIndent()
  tree.add(footnote, parent)
  tree.references.defineFootnote(normalizeLabel(label), footnote)
  return footnote
}

/** Its further lines are indented by four columns. */
export function continueFootnote(line: Line): boolean {
  if (!line.isBlank && !line.isIndented) return false
  line.skipIndent(4)
  return true
}
