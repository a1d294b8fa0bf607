import type { Line } from '../line.ts'
import { createInner, type ItemBlock, type ListBlock } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

/** A list item, and the list around it unless it goes on with that marker. */
export const startItem: BlockStartRule = (line, parent, tree) => {
  const [marker, digits, delimiter] = /^(?:[*+-]|(\d{1,9})([.)]))(?=[ \t]|$)/.exec(line.content) ?? []
  if (!marker) return
  if (parent.type === 'paragraph' && !mayInterrupt(line, marker, digits)) return
  const start = line.contentStart
  const contentIndent = takeMarker(line, marker.length)
  const kind = delimiter ?? marker
  const isSameList = parent.type === 'list' && parent.marker === kind
  const list = isSameList ? parent : tree.add(createList(start, kind, digits), parent)
  const item: ItemBlock = { ...createInner(start), type: 'item', checked: undefined, children: [], contentIndent }
  return tree.add(item, list)
}

function createList(start: number, marker: string, digits: string | undefined): ListBlock {
  return {
    ...createInner(start),
    type: 'list',
    ordered: digits !== undefined,
    first: Number(digits ?? 1),
    tight: true,
    children: [],
    marker,
  }
}

/** In the middle of a paragraph, `14.` is more likely to end a sentence, and a lone `-` to be a dash. */
function mayInterrupt({ content }: Line, marker: string, digits: string | undefined): boolean {
  return content.slice(marker.length).trim() !== '' && (digits === undefined || Number(digits) === 1)
}

/** Takes the marker and the space after it. Returns the columns by which the lines of the item are indented. */
function takeMarker(line: Line, length: number): number {
  const { indent } = line
  line.skip(indent + length)
  // With more than four columns after the marker, or none, the content starts one column after it.
  if (line.isBlank || line.indent > 4) {
    line.skipIndent(1)
    return indent + length + 1
  }
  const padding = line.indent
  line.skipIndent()
  return indent + length + padding
}

/** An item goes on in lines that are indented as its content is; a blank one may stand at its start only once. */
export function continueItem(line: Line, { children, contentIndent }: ItemBlock): boolean {
  if (line.isBlank) {
    if (children.length === 0) return false
    line.skipIndent()
    return true
  }
  if (line.indent < contentIndent) return false
  line.skipIndent(contentIndent)
  return true
}
